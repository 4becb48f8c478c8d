/** What concerns the person whatever the sequence: known ids, commands, profile, qualification, rest, erasure. */
import { answerOf, decide, fold, initial, lookups, nextWake, refsOf, UnknownRef } from '../../workflows/core';
import { commandInput, eventInput, given, monday, typesOf } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, daily, selling } from './plans';

const { ada, ben, fatima } = people;
const day = 86_400_000;
const published = publish({ plans: [daily, selling] });

describe('the same input twice', () => {
  test('changes nothing, whatever it says the second time', () => {
    const tale = given(published, ada.leadId)
      .does('form.submitted', { form: 'a' }, { id: 'AAAAAAAAAAA' })
      .after('1 day')
      .does('form.submitted', { form: 'b' }, { id: 'AAAAAAAAAAA' });
    expect(tale.last()).toEqual([]);
  });

  test('gives a repeated command its first answer', () => {
    const tale = given(published, ada.leadId).command({ word: 'pause' }, 'CCCCCCCCCCC').command({ word: 'pause' }, 'CCCCCCCCCCC');
    expect(tale.last()).toEqual([]);
    expect(answerOf(tale.state(), 'CCCCCCCCCCC')).toEqual({ ok: true, says: 'Paused: nothing is sent until it is resumed.' });
  });

  test('is known by the ring for 225 inputs at least, and looked up below its floor', () => {
    const inputs = Array.from({ length: 300 }, (_, n) =>
      eventInput('app.login', monday + n * 60_000, {}, { id: `r${String(n).padStart(10, '0')}` }),
    );
    const tale = given(published, ada.leadId, monday + day)
      .batch(inputs.slice(0, 100))
      .batch(inputs.slice(100, 200))
      .batch(inputs.slice(200));
    expect(tale.batch(inputs.slice(75)).last()).toEqual([]);
    const { ring } = tale.state();
    expect([ring.ids.length + ring.fresh.length, ring.keys.length, ring.floorAt]).toEqual([236 * 10, 236, monday + 63 * 60_000]);
    const unknownOld = eventInput('app.login', monday + 5 * 60_000, {}, { id: 'unknown-old' });
    const unknownNew = eventInput('app.login', monday + 200 * 60_000, {}, { id: 'unknown-new' });
    const command = commandInput({ word: 'nudge' }, 'unknown-cmd');
    expect(
      lookups(tale.state(), [unknownOld, unknownNew, command, ...inputs.slice(75), ...inputs.slice(0, 2)]).map(({ id }) => id),
    ).toEqual(['unknown-old', 'unknown-cmd', 'r0000000000', 'r0000000001']);
  });

  test('needs no look-up while the ring has given up nothing', () => {
    const tale = given(published, ada.leadId).does('app.login');
    expect(lookups(tale.state(), [eventInput('app.login', 0), commandInput({ word: 'nudge' })])).toEqual([]);
  });
});

describe('the profile', () => {
  test('an older version is ignored, without a fact', () => {
    const tale = given(published, ada.leadId)
      .profile(ada.traits)
      .batch([{ kind: 'profiled', id: 'p1', version: 1, occurredAt: monday, traits: {}, consent: {} }]);
    expect([tale.last(), tale.state().traits]).toEqual([[], ada.traits]);
  });
  test('makes a suspect a lead, and a customer a customer', () => {
    expect(given(published, ben.leadId).does('app.login').state().qualification).toBe('suspect');
    expect(given(published, ben.leadId).profile(ben.traits).state().qualification).toBe('lead');
    expect(given(published, fatima.leadId).profile(fatima.traits).state()).toMatchObject({ qualification: 'customer', stage: 'customer' });
  });
});

describe('qualification', () => {
  test('is marketing qualified at the score of the workspace model', () => {
    const tale = given(published, ada.leadId).profile(ada.traits).does('form.submitted').does('form.submitted');
    expect(tale.factsOf('QualificationChanged').map(({ to, because }) => [to, because])).toEqual([
      ['lead', 'known by name'],
      ['mql', 'score 40 reached 40'],
    ]);
  });
  test('is not lost again when the score fades', () => {
    expect(given(published, ada.leadId).does('form.submitted').does('form.submitted').after('60 days').state().qualification).toBe('mql');
  });
  test('a purchase makes a customer of anyone', () => {
    expect(given(published, ada.leadId).does('email.complained').does('subscription.started').state().qualification).toBe('customer');
  });
});

describe('a lead with nothing open', () => {
  test('sleeps after thirty quiet days, and says so once', () => {
    const tale = given(published, ada.leadId).profile(ada.traits).does('app.login');
    expect(tale.wake()).toBe(monday + 30 * day);
    expect(typesOf(tale.until(monday + 30 * day).last())).toEqual([]);
    expect(tale.factsOf('LeadRested').map(({ recordedAt }) => recordedAt)).toEqual([monday + 30 * day]);
    expect([tale.state().resting, tale.wake()]).toEqual([true, undefined]);
  });
  test('counts from the last engagement, or from the end of its last enrolment', () => {
    const tale = given(published, ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .after('10 days')
      .command({ word: 'end', enrolment: 'e1' })
      .delivered()
      .after('5 days')
      .does('email.opened', {}, { actor: 'machine' });
    expect(tale.wake()).toBe(monday + 40 * day);
  });
  test('does not sleep while anything is open', () => {
    expect(
      given(published, ada.leadId)
        .profile(ada.traits, { email: 'none' })
        .command({ word: 'enrol', sequence: 'selling' })
        .until(monday + 100 * day)
        .factsOf('LeadRested'),
    ).toEqual([]);
  });
  test('is woken by something newer or an enrolment, and sleeps on when it hears of something older', () => {
    const asleep = () =>
      given(published, ada.leadId)
        .does('app.login')
        .until(monday + 31 * day);
    expect(asleep().does('app.login').state().resting).toBeUndefined();
    expect(asleep().command({ word: 'enrol', sequence: 'selling' }).state().resting).toBeUndefined();
    const old = asleep().does('page.viewed', { path: '/blog' }, { at: monday - 3 * day });
    expect([old.state().resting, typesOf(old.last())]).toEqual([true, ['EngagementRecorded', 'PointsChanged']]);
  });
});

describe('erasure', () => {
  const erased = () =>
    given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'daily' }).command({ word: 'erase' });
  test('is the last fact, and leaves nothing of the person', () => {
    const tale = erased();
    expect(typesOf(tale.last())).toEqual(['CommandRecorded', 'LeadErased']);
    expect(tale.state()).toMatchObject({ traits: {}, enrolments: {}, effects: {}, scores: {}, erased: true });
    expect([tale.effects(), tale.wake()]).toEqual([[], undefined]);
  });
  test('stays: no input changes an erased lead, not even in the same batch', () => {
    expect(erased().does('form.submitted').last()).toEqual([]);
    expect(erased().profile(ada.traits).after('1 day').command({ word: 'enrol', sequence: 'daily' }).last()).toEqual([]);
    const batch = given(published, ada.leadId).batch([commandInput({ word: 'erase' }), eventInput('form.submitted', monday)]);
    expect(typesOf(batch.last())).toEqual(['CommandRecorded', 'LeadErased']);
  });
});

describe('what a state needs', () => {
  test('are the plans it is on and the models it is counted by', () => {
    const tale = given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'daily' });
    expect(refsOf(tale.state())).toEqual(['daily@1#d1', 'b2b-points@1#d1']);
  });
  test('a plan that is not there is named, not skipped', () => {
    const tale = given(published, ada.leadId).command({ word: 'enrol', sequence: 'daily' });
    const without = publish({ plans: [changed(daily, { version: 2 })] });
    expect(() => decide(without, tale.state(), [], tale.now())).toThrow(UnknownRef);
    expect(() => nextWake(without, tale.state())).toThrow('nothing is published as daily@1#d1 (digest-unknown)');
  });
  test('a nudge looks again and changes nothing by itself', () => {
    expect(typesOf(given(published, ada.leadId).command({ word: 'nudge' }).last())).toEqual(['CommandRecorded']);
  });
  test('now never goes before the last fact', () => {
    const tale = given(published, ada.leadId).does('app.login');
    const facts = decide(published, tale.state(), [commandInput({ word: 'nudge' })], monday - day);
    expect(facts[0]?.recordedAt).toBe(monday);
    expect(fold(initial('x'), facts).at).toBe(monday);
  });
});
