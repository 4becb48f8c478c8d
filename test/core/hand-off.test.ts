/** When a person is handed to sales, the clocks that run then, and what the rep's words do. */
import type { Command } from '../../workflows/core';
import { given, monday, typesOf } from '../support/given';
import { people, reps } from '../support/people';
import { publish } from '../support/published';
import { changed, daily, selling } from './plans';

const { chloe } = people;
const hour = 3_600_000;
const published = publish({ plans: [selling, daily, changed(daily, { id: 'active', programme: 'active-funnel' })] });
const inSelling = () => given(published, chloe.leadId).profile(chloe.traits).command({ word: 'enrol', sequence: 'selling' });
const asked = () => inSelling().does('form.submitted', { form: 'demo' });
const offered = (rep: string = reps.rosa) =>
  asked().outcome('h1.assign.1', { as: 'assigned', rep }).outcome('h1.offer.1', { as: 'notified' });
const say = (tale: ReturnType<typeof given>, word: Extract<Command, { handOff: number }>['word'], handOff = 1) =>
  tale.command({ word, handOff });
const answer = (tale: ReturnType<typeof given>) => tale.factsOf('CommandRecorded').at(-1)?.answer;
const qualifications = (tale: ReturnType<typeof given>) => tale.factsOf('QualificationChanged').map(({ to }) => to);
const notes = (tale: ReturnType<typeof given>) =>
  tale.factsOf('EffectDecided').flatMap(({ effect }) => (effect.type === 'NotifyRep' ? [[effect.what, effect.clock, effect.rep]] : []));

describe('a hand-off is requested', () => {
  test('by the event a rule names: the lead is SQL, the clocks run, a rep is asked for', () => {
    const tale = asked();
    expect(tale.factsOf('HandOffRequested')).toEqual([
      expect.objectContaining({
        handOff: 1,
        rule: 'selling.asked',
        enrolment: 'e1',
        acceptBy: monday + 4 * hour,
        contactBy: monday + 24 * hour,
        why: 'selling, rule asked: form.submitted. Score 20, grade A.',
      }),
    ]);
    expect(qualifications(tale)).toEqual(['lead', 'sql']);
    expect(tale.effects()).toEqual([
      {
        type: 'AssignRep',
        id: 'h1.assign.1',
        handOff: 1,
        rule: 'selling.asked',
        not: [],
        acceptBy: monday + 4 * hour,
        contactBy: monday + 24 * hour,
      },
    ]);
  });

  test('by the score, with the score as evidence', () => {
    const tale = inSelling().does('form.submitted', { form: 'ebook' }).does('form.submitted', { form: 'ebook' });
    expect(tale.factsOf('HandOffRequested')[0]?.why).toBe('selling, rule scored: score 40 reached 40. Score 40, grade A.');
  });

  test('one at a time, however many rules hold', () => {
    const tale = asked().does('form.submitted', { form: 'demo' }).does('form.submitted', { form: 'demo' });
    expect(tale.factsOf('HandOffRequested').length).toBe(1);
  });

  test('not while an operator holds the lead, but then', () => {
    const tale = inSelling().command({ word: 'pause' }).does('form.submitted', { form: 'demo' });
    expect(tale.factsOf('HandOffRequested')).toEqual([]);
    expect(tale.command({ word: 'resume' }).factsOf('HandOffRequested').length).toBe(1);
  });
});

describe('reps', () => {
  test('are offered it by mail', () => {
    const tale = asked().outcome('h1.assign.1', { as: 'assigned', rep: reps.rosa });
    expect(tale.factsOf('HandOffOffered')).toEqual([expect.objectContaining({ rep: reps.rosa, acceptBy: monday + 4 * hour })]);
    expect(tale.effects()).toEqual([
      expect.objectContaining({
        type: 'NotifyRep',
        id: 'h1.offer.1',
        what: 'offer',
        rep: reps.rosa,
        why: expect.stringContaining('rule asked') as string,
      }),
    ]);
  });

  test('are reminded at half of the time to accept, and lose it at its end to the next', () => {
    const tale = offered();
    expect(tale.wake()).toBe(monday + 2 * hour);
    tale.until(monday + 4 * hour, { hold: true });
    expect(tale.factsOf('HandOffReminded').map(({ clock }) => clock)).toEqual(['accept']);
    expect(tale.factsOf('HandOffBreached').map(({ clock }) => clock)).toEqual(['accept']);
    expect(notes(tale)).toEqual([
      ['offer', undefined, reps.rosa],
      ['reminder', 'accept', reps.rosa],
      ['breach', 'accept', reps.rosa],
    ]);
    expect(tale.effects().find(({ type }) => type === 'AssignRep')).toEqual(
      expect.objectContaining({ id: 'h1.assign.2', not: [reps.rosa], contactBy: monday + 24 * hour }),
    );
    tale.outcome('h1.assign.2', { as: 'assigned', rep: reps.sam });
    expect(tale.factsOf('HandOffOffered').at(-1)).toEqual(expect.objectContaining({ rep: reps.sam, acceptBy: monday + 8 * hour }));
    expect(tale.state().handOff?.contactBy).toBe(monday + 24 * hour);
  });

  test('get it a second time when everyone had it, and then keep it', () => {
    const tale = offered()
      .until(monday + 4 * hour, { hold: true })
      .outcome('h1.assign.2', { as: 'unavailable', because: 'no-reps' });
    expect(tale.effects().find(({ type }) => type === 'AssignRep')).toEqual(expect.objectContaining({ id: 'h1.assign.3', not: [] }));
    tale.outcome('h1.assign.3', { as: 'assigned', rep: reps.rosa });
    expect(tale.factsOf('HandOffOffered').at(-1)?.acceptBy).toBeUndefined();
    tale.until(monday + 48 * hour);
    expect(tale.factsOf('HandOffBreached').map(({ clock }) => clock)).toEqual(['accept', 'contact']);
    expect(tale.factsOf('HandOffOffered').length).toBe(2);
  });

  test('that are not there are asked for again every hour', () => {
    const tale = asked().outcome('h1.assign.1', { as: 'unavailable', because: 'no-reps' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'HandOffUnassigned', because: 'no-reps', retryAt: monday + hour })]);
    expect(tale.after('59 minutes').effects()).toEqual([]);
    expect(
      tale
        .after('1 minute')
        .effects()
        .map(({ id }) => id),
    ).toEqual(['h1.assign.2']);
  });

  test('who accepted in time are reminded of the contact at half of what is left, and breach it once', () => {
    const tale = say(offered().after('1 hour'), 'accept');
    expect(tale.wake()).toBe(monday + 12 * hour);
    tale.until(monday + 60 * hour);
    expect(notes(tale).slice(1)).toEqual([
      ['reminder', 'contact', reps.rosa],
      ['breach', 'contact', reps.rosa],
    ]);
    expect(tale.factsOf('HandOffBreached').map(({ clock, recordedAt }) => [clock, recordedAt])).toEqual([['contact', monday + 24 * hour]]);
  });

  test('whose mail did not go are written to again', () => {
    const tale = asked()
      .outcome('h1.assign.1', { as: 'assigned', rep: reps.rosa })
      .outcome('h1.offer.1', { as: 'unavailable', because: 'mail-server-away' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'RepNotNotified', retryAt: monday + hour })]);
    expect(tale.after('1 hour').effects()).toEqual([expect.objectContaining({ id: 'h1.offer.2', what: 'offer' })]);
    expect(tale.outcome('h1.offer.2', { as: 'notified' }).factsOf('RepNotified').length).toBe(1);
  });
});

describe('a rep says', () => {
  test('accept, contacted, won: accepted, opportunity, customer', () => {
    const tale = say(say(say(offered(), 'accept'), 'contacted'), 'won');
    expect(qualifications(tale)).toEqual(['lead', 'sql', 'accepted', 'opportunity', 'customer']);
    expect(tale.factsOf('HandOffClosed')).toEqual([expect.objectContaining({ as: 'won' })]);
    expect(tale.state().stage).toBe('customer');
    expect(tale.factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ because: 'became a customer' })]);
  });

  test('contacted without accept: accepted by that', () => {
    expect(typesOf(say(offered(), 'contacted').last()).slice(0, 3)).toEqual(['CommandRecorded', 'HandOffAccepted', 'QualificationChanged']);
  });

  test.each(['reject', 'lost'] as const)('%s: the lead is recycled, back in its stage, disarmed', (word) => {
    const tale = say(offered(), word);
    expect(qualifications(tale).at(-1)).toBe('recycled');
    expect(tale.state().handOff).toBeUndefined();
    expect(Object.keys(tale.state().disarmed)).toEqual(['selling.asked']);
    expect(tale.factsOf('EnrolmentEnded')).toEqual([]);
  });

  test('the same twice, or the impossible: no, in a sentence, and nothing else', () => {
    const twice = say(say(offered(), 'accept'), 'accept');
    expect([answer(twice), typesOf(twice.last())]).toEqual([
      { ok: false, says: 'Hand-off 1 was accepted before, by rep-rosa.' },
      ['CommandRecorded'],
    ]);
    expect(answer(say(say(offered(), 'contacted'), 'contacted'))?.says).toBe('Hand-off 1 was contacted before.');
    expect(answer(say(say(offered(), 'reject'), 'accept'))?.says).toBe('Hand-off 1 is closed.');
    expect(answer(say(offered(), 'accept', 7))?.says).toBe('There is no hand-off 7.');
    expect(answer(say(asked(), 'accept'))?.says).toBe('Hand-off 1 was not offered to anyone yet.');
  });

  test('accept, though the time to accept is over and nobody else has it yet', () => {
    const tale = say(offered().until(monday + 4 * hour, { hold: true }), 'accept');
    expect(tale.factsOf('HandOffAccepted')).toEqual([expect.objectContaining({ rep: reps.rosa })]);
    expect(tale.effects().some(({ type }) => type === 'AssignRep')).toBe(false);
  });
});
