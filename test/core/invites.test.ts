/** Calendar entries and senders as a plan asks for them. */
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { defineSequence, email } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const hour = 3_600_000;
const plan = defineSequence({
  id: 'webinar',
  version: 1,
  model: 'b2b-points',
  phases: {
    start: {
      touches: [email('joined', { after: '0 minutes', purpose: 'service', attach: 'calendar-invite', from: 'owner' })],
      exhaustedAfter: '30 days',
    },
  },
});
const enrolled = (data: Readonly<Record<string, string | number>>) =>
  given(publish({ plans: [plan] }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'webinar', data });

test("an entry takes the enrolment's dates, and the mail says whose it is", () => {
  const tale = enrolled({ startsAt: monday + hour, endsAt: monday + 3 * hour });
  expect(tale.sends()[0]).toMatchObject({ from: 'owner', invite: { startsAt: monday + hour, endsAt: monday + 3 * hour } });
});

test.each([
  ['is not known', {}],
  ['is before the beginning', { endsAt: monday }],
])('an entry whose end %s takes an hour', (_what, more) => {
  expect(enrolled({ startsAt: monday + hour, ...more }).sends()[0]?.invite).toEqual({ startsAt: monday + hour, endsAt: monday + 2 * hour });
});

test("a date without a zone is meant by the person's clock", () => {
  expect(enrolled({ startsAt: '2026-07-01T10:00' }).sends()[0]?.invite?.startsAt).toBe(Date.UTC(2026, 6, 1, 9));
});

test.each<Readonly<Record<string, string>>>([{}, { startsAt: 'soon' }])('nobody is sent an entry of no date', (data) => {
  const tale = enrolled(data);
  expect(tale.sends()).toEqual([]);
  expect(tale.factsOf('TouchWithheld')).toMatchObject([{ touch: 'joined', because: 'template-field-missing' }]);
});

test('a mail that asks for neither is as it was', () => {
  const plain: Plan = {
    ...plan,
    phases: {
      start: { ...plan.phases['start'], touches: [email('joined', { after: '0 minutes', from: 'brand' })] } as Plan['phases'][string],
    },
  };
  const [send] = given(publish({ plans: [plain] }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'webinar' })
    .sends();
  expect(Object.keys(send ?? {})).not.toEqual(expect.arrayContaining(['from']));
  expect(send).not.toHaveProperty('invite');
});

test('a sender or an attachment nobody knows, or one for no mail, is a fault', () => {
  const touch = { ...email('joined', { after: '0 minutes' }), from: 'boss', attach: 'cat-picture' };
  const message = { ...email('hello', { after: '0 minutes', from: 'owner' }), channel: 'social' };
  const wrong = { ...plan, phases: { start: { touches: [touch, message], advance: [], exhaustedAfter: '1 day' } } } as unknown as Plan;
  expect(faultsOf(wrong).map(({ path, says }) => `${path} ${says}`)).toEqual([
    `phases.start.touches[0].from must be 'brand', 'owner' or 'referrer', not "boss"`,
    `phases.start.touches[0].attach must be 'calendar-invite', not "cat-picture"`,
    'phases.start.touches[1].from only says something for a mail',
  ]);
});
