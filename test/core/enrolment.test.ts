/** Who enters a sequence, in which phase, and how often. */
import { defineSequence, email, engaged, field, score } from '../../workflows/core/words';
import { eventInput, given, monday, typesOf } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, confirming, daily } from './plans';

const { ada, ben, fatima } = people;
const answerOf = (tale: ReturnType<typeof given>) => tale.factsOf('CommandRecorded').at(-1)?.answer;

describe('enrolling by command', () => {
  test('puts the lead in the first phase and answers in words', () => {
    const tale = given(publish({ plans: [daily] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily', campaign: 'spring', data: { topic: 'roi' } });
    expect(tale.factsOf('Enrolled')).toEqual([
      expect.objectContaining({ enrolment: 'e1', sequence: 'daily@1#d1', phase: 'start', campaign: 'spring', data: { topic: 'roi' } }),
    ]);
    expect(answerOf(tale)).toEqual({ ok: true, says: 'Enrolled in daily@1, phase start (e1).' });
    expect(typesOf(tale.last()).slice(0, 2)).toEqual(['CommandRecorded', 'Enrolled']);
  });

  test('may name a version and a later phase', () => {
    const two = changed(daily, { version: 2, phases: { ...daily.phases, later: { touches: [], advance: [], exhaustedAfter: '1 day' } } });
    const tale = given(publish({ plans: [daily, two] }), ada.leadId).command({ word: 'enrol', sequence: 'daily@2', phase: 'later' });
    expect(tale.factsOf('Enrolled')).toEqual([expect.objectContaining({ sequence: 'daily@2#d1', phase: 'later' })]);
  });

  test('begins where the person stands already, unless a phase is named or none serves that stage', () => {
    const close = { stage: 'decision' as const, touches: [], advance: [], exhaustedAfter: '1 day' as const };
    const plans = [changed(daily, { phases: { ...daily.phases, close } })];
    const enters = (more: { readonly stage: 'decision' | 'consideration'; readonly phase?: string }): unknown =>
      given(publish({ plans }), ada.leadId)
        .command({ word: 'enrol', sequence: 'daily', ...more })
        .factsOf('Enrolled')[0]?.phase;
    expect(enters({ stage: 'decision' })).toBe('close');
    expect(enters({ stage: 'decision', phase: 'start' })).toBe('start');
    expect(enters({ stage: 'consideration' })).toBe('start');
  });

  test.each([
    ['an unknown sequence', { word: 'enrol', sequence: 'nothing' } as const, 'There is no sequence "nothing".'],
    ['an unknown phase', { word: 'enrol', sequence: 'daily', phase: 'nowhere' } as const, 'daily has no phase "nowhere".'],
  ])('refuses %s and says so', (_what, command, says) => {
    const tale = given(publish({ plans: [daily] }), ada.leadId)
      .profile(ada.traits)
      .command(command);
    expect(answerOf(tale)).toEqual({ ok: false, says });
    expect(tale.factsOf('Enrolled')).toEqual([]);
  });

  test('refuses who is in the sequence already', () => {
    const tale = given(publish({ plans: [daily] }), ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .command({ word: 'enrol', sequence: 'daily' });
    expect(answerOf(tale)).toEqual({ ok: false, says: 'The lead is already in daily.' });
  });

  test('a lead may be on several sequences', () => {
    const tale = given(publish({ plans: [daily, confirming] }), ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .command({ word: 'enrol', sequence: 'confirming' });
    expect(Object.keys(tale.state().enrolments)).toEqual(['e1', 'e2']);
  });
});

describe('re-entry', () => {
  const afterLeaving = (reenter: '14 days' | 'never' | 'always', wait: '13 days' | '15 days') =>
    given(publish({ plans: [changed(daily, { reenter })] }), ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .command({ word: 'end', enrolment: 'e1' })
      .after(wait)
      .command({ word: 'enrol', sequence: 'daily' })
      .factsOf('Enrolled').length;

  test('never means once', () => expect(afterLeaving('never', '15 days')).toBe(1));
  test('always means at once', () => expect(afterLeaving('always', '13 days')).toBe(2));
  test('a span counts from the end', () =>
    expect([afterLeaving('14 days', '13 days'), afterLeaving('14 days', '15 days')]).toEqual([1, 2]));

  test('is counted per key: one enrolment for every webinar', () => {
    const invited = changed(confirming, { id: 'webinar', key: 'webinar' });
    const tale = given(publish({ plans: [invited] }), ada.leadId);
    for (const webinar of ['roi', 'roi', 'security']) tale.command({ word: 'enrol', sequence: 'webinar', data: { webinar } });
    expect(tale.factsOf('Enrolled').map(({ key }) => key)).toEqual(['roi', 'security']);
  });
});

describe('enrolling by event', () => {
  const trial = defineSequence({
    id: 'trial',
    version: 1,
    model: 'b2b-points',
    on: engaged('trial.started', { where: { plan: 'team' } }),
    phases: {
      start: {
        stage: 'decision',
        touches: [email('hello', { after: '0 minutes' })],
        advance: [{ end: 'counted', when: engaged('trial.started') }],
        exhaustedAfter: '9 days',
      },
    },
  });
  const published = publish({ plans: [trial] });

  test('takes the fields of the event as data of the enrolment', () => {
    expect(given(published, ada.leadId).does('trial.started', { plan: 'team' }).factsOf('Enrolled')).toEqual([
      expect.objectContaining({ data: { plan: 'team' }, because: 'trial.started' }),
    ]);
  });

  test('needs the fields it asks for, and a human', () => {
    const tale = given(published, ada.leadId)
      .does('trial.started', { plan: 'solo' })
      .does('trial.started', { plan: 'team' }, { actor: 'machine' });
    expect(tale.factsOf('Enrolled')).toEqual([]);
    expect(tale.factsOf('EngagementRecorded').length).toBe(2);
  });

  test('counts the enrolling event itself', () => {
    expect(given(published, ada.leadId).does('trial.started', { plan: 'team' }).factsOf('EnrolmentEnded')).toEqual([
      expect.objectContaining({ because: 'counted' }),
    ]);
  });

  test('enrols before it counts, though the batch arrives shuffled', () => {
    const counting = changed(trial, {
      phases: {
        start: { touches: [], advance: [{ end: 'made', when: { kind: 'engaged', type: 'project.created' } }], exhaustedAfter: '9 days' },
      },
    });
    const tale = given(publish({ plans: [counting] }), ada.leadId).batch([
      eventInput('project.created', monday - 1_000),
      eventInput('trial.started', monday - 2_000, { plan: 'team' }),
    ]);
    expect(tale.factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ because: 'made' })]);
  });
});

describe('who a sequence is for', () => {
  test('leads: no customer enters, and who buys leaves', () => {
    const published = publish({ plans: [daily] });
    expect(answerOf(given(published, fatima.leadId).profile(fatima.traits).command({ word: 'enrol', sequence: 'daily' }))?.ok).toBe(false);
    const buyer = given(published, ada.leadId).command({ word: 'enrol', sequence: 'daily' }).does('order.placed', { order: 'o1' });
    expect(buyer.factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ because: 'became a customer' })]);
  });

  test('customers: no lead enters', () => {
    const published = publish({ plans: [changed(daily, { for: 'customers' })] });
    expect(answerOf(given(published, ben.leadId).profile(ben.traits).command({ word: 'enrol', sequence: 'daily' }))?.says).toBe(
      'daily is for customers; this person is none yet.',
    );
    expect(answerOf(given(published, fatima.leadId).profile(fatima.traits).command({ word: 'enrol', sequence: 'daily' }))?.ok).toBe(true);
  });

  test('nobody who must not be contacted', () => {
    const tale = given(publish({ plans: [daily] }), ada.leadId)
      .does('email.complained')
      .command({ word: 'enrol', sequence: 'daily' });
    expect(answerOf(tale)).toEqual({ ok: false, says: 'This person must not be contacted (complained).' });
  });
});

describe('the entry phase', () => {
  const journey = defineSequence({
    id: 'journey',
    version: 1,
    model: 'b2b-points',
    on: engaged('webinar.attended'),
    entry: [
      { to: 'close', when: engaged('webinar.attended', { where: { minutes: { atLeast: 40 } } }) },
      { to: 'compare', when: field('seniority').is('head') },
      { to: 'close', when: score.atLeast(40) },
    ],
    phases: {
      learn: { stage: 'awareness', touches: [], exhaustedAfter: '9 days' },
      compare: { stage: 'consideration', touches: [], exhaustedAfter: '9 days' },
      close: { stage: 'decision', touches: [], exhaustedAfter: '9 days' },
    },
  });
  const phaseOf = (tale: ReturnType<typeof given>) => tale.command({ word: 'enrol', sequence: 'journey' }).factsOf('Enrolled')[0]?.phase;
  const published = publish({ plans: [journey] });

  test('is the first whose condition holds', () => {
    expect(phaseOf(given(published, ada.leadId).profile(ada.traits))).toBe('compare');
    expect(phaseOf(given(published, ben.leadId).does('form.submitted').does('form.submitted'))).toBe('close');
    expect(phaseOf(given(published, ben.leadId).does('webinar.attended', { webinar: 'w1', minutes: 50 }))).toBe('close');
  });
  test('is the first phase where none holds', () => expect(phaseOf(given(published, ben.leadId).profile(ben.traits))).toBe('learn'));
});
