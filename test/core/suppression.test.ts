/** Who must not be written to, and who is held. */
import { defineSequence, email, engaged } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, confirming, daily } from './plans';

const { ada } = people;
const hour = 3_600_000;
const day = 24 * hour;
const others = ['second', 'third', 'fourth'].map((id) =>
  changed(daily, {
    id,
    phases: {
      start: {
        touches: [{ channel: 'email', id: `${id}-mail`, after: '0 minutes', purpose: 'marketing' }],
        advance: [],
        exhaustedAfter: '30 days',
      },
    },
  }),
);
const published = publish({ plans: [daily, confirming, ...others] });
const known = (person: { readonly leadId: string; readonly traits: Readonly<Record<string, string>> } = ada, at = monday) =>
  given(published, person.leadId, at).profile(person.traits);
const names = (tale: ReturnType<typeof given>) => tale.sends().map(({ touch }) => touch);
const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);

describe('suppression', () => {
  test('by a hard bounce ends what is sent by mail; a soft one ends nothing', () => {
    const tale = known()
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .does('email.bounced', { kind: 'soft' }, { actor: 'machine' });
    expect(tale.factsOf('Suppressed')).toEqual([]);
    tale.does('email.bounced', { kind: 'hard' }, { actor: 'machine' });
    expect(tale.factsOf('Suppressed')).toEqual([expect.objectContaining({ channel: 'email', because: 'bounced' })]);
    expect(tale.factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ because: 'suppressed: bounced' })]);
  });
  test('by an unsubscription ends marketing and lets service through', () => {
    const mixed = defineSequence({
      id: 'mixed',
      version: 1,
      model: 'b2b-points',
      phases: {
        start: {
          touches: [email('offer', { after: '1 day' }), email('notice', { after: '1 day', purpose: 'service' })],
          exhaustedAfter: '30 days',
        },
      },
    });
    const tale = given(publish({ plans: [mixed, daily] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'mixed' })
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered();
    tale.does('email.unsubscribed', {}, { actor: 'unknown' }).until(monday + 2 * day, { hold: true });
    expect(tale.factsOf('EnrolmentEnded').map(({ enrolment }) => enrolment)).toEqual(['e2']);
    expect([withheld(tale), names(tale)]).toEqual([[['offer', 'suppressed']], ['notice']]);
  });
  test('by a complaint ends everything and disqualifies', () => {
    const tale = known().command({ word: 'enrol', sequence: 'confirming' }).does('email.complained', {}, { actor: 'unknown' });
    expect(tale.factsOf('Suppressed')).toEqual([expect.objectContaining({ channel: 'all', because: 'complained' })]);
    expect([Object.keys(tale.state().enrolments), tale.state().qualification]).toEqual([[], 'disqualified']);
  });
  test('by an operator holds until it is lifted, and the stronger reason stays', () => {
    const tale = known().does('email.bounced', { kind: 'hard' }).does('email.unsubscribed');
    expect(tale.state().suppressed).toEqual({ email: 'bounced' });
    tale.command({ word: 'suppress', channel: 'email' });
    expect(tale.factsOf('CommandRecorded').at(-1)?.answer.ok).toBe(false);
    tale.command({ word: 'unsuppress', channel: 'email' }).command({ word: 'enrol', sequence: 'daily' });
    expect(names(tale)).toEqual(['one']);
  });
});

describe('a pause', () => {
  test('takes outstanding sends out, and the resume asks for the same ones again', () => {
    const tale = known().command({ word: 'enrol', sequence: 'daily' });
    const before = tale.sends();
    expect(tale.command({ word: 'pause' }).effects()).toEqual([]);
    expect(tale.command({ word: 'resume' }).sends()).toEqual(before);
  });
  test('decides nothing new to send, service neither, and sends what is due at the resume', () => {
    const tale = known()
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .command({ word: 'pause' })
      .command({ word: 'enrol', sequence: 'confirming' })
      .after('5 days');
    expect([tale.factsOf('EffectDecided').length, tale.wake()]).toEqual([1, undefined]);
    expect(names(tale.command({ word: 'resume' }))).toEqual(
      ['two', 'confirm'].sort((a, b) => (a === 'confirm' ? -1 : b === 'confirm' ? 1 : 0)),
    );
  });
  test('does not use up the time of a phase', () => {
    const tale = known()
      .command({ word: 'enrol', sequence: 'daily' })
      .until(monday + 10 * day)
      .command({ word: 'pause' })
      .after('60 days');
    expect(tale.factsOf('PlanExhausted')).toEqual([]);
    expect(tale.command({ word: 'resume' }).wake()).toBe(monday + 90 * day);
  });
  test('and a holding hand-off together stop the phase once', () => {
    const plan = changed(daily, { handOff: [{ name: 'asked', when: engaged('form.submitted'), sla: { contact: '24 hours' } }] });
    const tale = given(publish({ plans: [plan] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' })
      .until(monday + 10 * day);
    tale
      .does('form.submitted', { form: 'demo' })
      .delivered()
      .delivered()
      .until(monday + 12 * day)
      .command({ word: 'pause' })
      .after('3 days')
      .command({ word: 'reject', handOff: 1 })
      .after('2 days')
      .command({ word: 'resume' });
    expect(tale.state().enrolments['e1']?.phaseAt).toBe(monday + 7 * day);
  });
  test('that the ledger knew of first is waited out', () => {
    const tale = known().command({ word: 'enrol', sequence: 'daily' }).outcome('e1.start.one.1', { as: 'withheld', because: 'paused' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchUnavailable', because: 'paused', retryAt: monday + hour })]);
    tale.command({ word: 'pause' }).after('2 hours');
    expect(tale.sends()).toEqual([]);
    expect(
      tale
        .command({ word: 'resume' })
        .sends()
        .map(({ id }) => id),
    ).toEqual(['e1.start.one.2']);
  });
  test('twice, and a resume of what is not paused: no, in a sentence', () => {
    const says = (tale: ReturnType<typeof given>) => tale.factsOf('CommandRecorded').at(-1)?.answer;
    expect(says(known().command({ word: 'pause' }).command({ word: 'pause' }))).toEqual({ ok: false, says: 'The lead is paused already.' });
    expect(says(known().command({ word: 'resume' }))).toEqual({ ok: false, says: 'The lead is not paused.' });
  });
});
