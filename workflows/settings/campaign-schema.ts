/** What the settings may say of campaigns: when a second person is asked, and when one is paused by itself. Knows no file. */
import { z } from 'zod';
import { whole } from './scalars';

const percent = z.number().min(0, 'must be 0 to 100').max(100, 'must be 0 to 100');
const atLeastOne = whole.min(1, 'must be at least 1');

export const campaignSchema = z.strictObject({
  approveAbove: whole.min(0, 'must be 0 or more'),
  pause: z.strictObject({ atLeast: atLeastOne, bounces: percent, complaints: percent, senderFaults: atLeastOne }),
});
