/** What the same person was sent under another lead counts as sent to them. */
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { daily } from './plans';

const { ada } = people;
const absorb = { word: 'absorb' as const, from: 'ld_other', throughN: 3, digest: 'd', had: [['one', monday - 60_000] as const] };

test('content the absorbed lead had is not sent again, and the fact says whose it was', () => {
  const tale = given(publish({ plans: [daily] }), ada.leadId)
    .profile(ada.traits)
    .command(absorb)
    .command({ word: 'enrol', sequence: 'daily' });
  expect(tale.factsOf('LeadAbsorbed')).toEqual([expect.objectContaining({ from: 'ld_other', throughN: 3, digest: 'd' })]);
  expect(tale.factsOf('TouchWithheld')).toEqual([expect.objectContaining({ touch: 'one', because: 'repeated' })]);
});

test('without it the same content goes out', () => {
  const tale = given(publish({ plans: [daily] }), ada.leadId)
    .profile(ada.traits)
    .command({ ...absorb, had: [['something-else', monday - 60_000] as const] })
    .command({ word: 'enrol', sequence: 'daily' });
  expect(tale.factsOf('TouchWithheld')).toEqual([]);
});
