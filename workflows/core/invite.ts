/** The calendar entry a mail brings along, by the dates of the enrolment or the person. Knows no calendar format. */
import { clockOf } from './calendar';
import type { View } from './conditions';
import type { Invite } from './effects';
import type { Touch } from './plan';
import { dateOf } from './planned';

const usualMs = 3_600_000;

/** `undefined`: the touch brings none, or nobody knows when it begins. Without an end after its beginning it takes an hour. */
export function inviteOf({ attach }: Pick<Touch, 'attach'>, view: View): Invite | undefined {
  if (attach === undefined) return undefined;
  const clock = clockOf(view.published, view.state);
  const startsAt = dateOf('startsAt', view, clock);
  if (startsAt === undefined) return undefined;
  const endsAt = dateOf('endsAt', view, clock);
  return { startsAt, endsAt: endsAt !== undefined && endsAt > startsAt ? endsAt : startsAt + usualMs };
}
