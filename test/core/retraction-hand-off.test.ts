/** A hand-off that rested on an event taken back: withdrawn while it is pending, in doubt once it is accepted; and what else was concluded by it. */
import { decide, fold } from '../../workflows/core';
import { heldFrom } from '../../workflows/core/marks';
import { all, clicked, defineSequence, email, engaged, score } from '../../workflows/core/words';
import { eventInput, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people, reps } from '../support/people';
import { publish } from '../support/published';
import { selling } from './plans';

const { chloe } = people;
const day = 86_400_000;
const demo = 'demo-of-chl';
const ebook = 'ebook-of-ch';
const published = publish({ plans: [selling] });
const inSelling = () => given(published, chloe.leadId).profile(chloe.traits).command({ word: 'enrol', sequence: 'selling' });
const take = (tale: Tale, of: string): Tale =>
  tale.batch([eventInput('engagement.retracted', tale.now(), { of, because: 'mail-gateway' }, { actor: 'machine' })]);
/** At 40 points, of which the second form is half. */
const scored = () =>
  inSelling().does('form.submitted', { form: 'ebook' }).after('1 day').does('form.submitted', { form: 'ebook' }, { id: ebook });
const offered = (tale: Tale): Tale =>
  tale.outcome('h1.assign.1', { as: 'assigned', rep: reps.rosa }).outcome('h1.offer.1', { as: 'notified' });
const qualifications = (tale: Tale) => tale.factsOf('QualificationChanged').map(({ to }) => to);
const mails = (tale: Tale) =>
  tale.factsOf('EffectDecided').flatMap(({ effect }) => (effect.type === 'NotifyRep' ? [[effect.what, effect.rep, effect.because]] : []));
const why = 'form.submitted was taken back (mail-gateway)';

describe('while it is pending', () => {
  test('it is withdrawn when the score no longer reaches the rule, with the reason, and the rep is told', () => {
    const tale = take(offered(scored()), ebook);
    expect(tale.state().handOff).toBeUndefined();
    expect(tale.factsOf('HandOffClosed')).toEqual([expect.objectContaining({ handOff: 1, as: 'withdrawn', because: why, undone: {} })]);
    expect(mails(tale)).toEqual([
      ['offer', reps.rosa, undefined],
      ['withdrawn', reps.rosa, why],
    ]);
    expect(tale.effects()).toEqual([expect.objectContaining({ id: 'h1.withdrawn.2' })]);
    expect(tale.outcome('h1.withdrawn.2', { as: 'notified' }).effects()).toEqual([]);
  });

  test('and the lead is what it was before: neither SQL nor MQL', () => {
    const tale = take(offered(scored()), ebook);
    expect(qualifications(tale)).toEqual(['lead', 'sql', 'lead']);
    expect(tale.factsOf('QualificationChanged').at(-1)?.because).toBe(`hand-off 1 withdrawn: ${why}`);
  });

  test('nobody is told where no rep had it yet, and none is asked for any more', () => {
    const tale = take(scored(), ebook);
    expect([tale.effects(), mails(tale), tale.state().handOff]).toEqual([[], [], undefined]);
  });

  test('by the form that asked for it, too', () => {
    const tale = take(offered(inSelling().does('form.submitted', { form: 'demo' }, { id: demo })), demo);
    expect(tale.factsOf('HandOffClosed')).toEqual([expect.objectContaining({ as: 'withdrawn' })]);
  });

  test('the rule is as before it fired: the next points hand over at once, without a second twenty and two weeks', () => {
    const tale = take(offered(scored()), ebook);
    expect(tale.state().disarmed).toEqual({});
    expect(
      tale
        .after('1 day')
        .does('form.submitted', { form: 'ebook' })
        .factsOf('HandOffRequested')
        .map(({ handOff }) => handOff),
    ).toEqual([1, 2]);
  });

  test('a rule that waited to be rearmed waits as it did', () => {
    const tale = scored().command({ word: 'reject', handOff: 1 }).after('15 days').does('form.submitted', { form: 'ebook' }, { id: demo });
    expect(tale.factsOf('HandOffRequested').length).toBe(2);
    const before = { points: 40_000, at: monday + day, engaged: false };
    expect(take(tale, demo).state()).toMatchObject({ handOff: undefined, disarmed: { 'selling.scored': before } });
  });
});

describe('it stays', () => {
  test('where the score reaches the rule without the event', () => {
    const tale = scored().does('newsletter.subscribed', { topic: 'roi' }).does('social.followed', { network: 'mastodon' });
    expect(take(tale, ebook).state().handOff?.number).toBe(1);
  });

  test('where another rule asks for a rep', () => {
    const tale = scored().does('form.submitted', { form: 'demo' });
    expect(take(tale, ebook).state().handOff?.rule).toBe('selling.scored');
  });

  test('where the event came after it was asked for', () => {
    const tale = offered(scored()).does('social.followed', { network: 'mastodon' }, { id: demo });
    expect([take(tale, demo).state().handOff?.number, tale.factsOf('HandOffClosed')]).toEqual([1, []]);
  });

  test('where the points of the request have faded meanwhile, and the event was not needed for it', () => {
    const tale = inSelling().does('social.followed', { network: 'mastodon' }, { id: demo });
    for (const id of [ebook, 'second-form']) tale.does('form.submitted', { form: 'ebook' }, { id });
    tale.after('40 days');
    expect([tale.state().scores['b2b-points']?.total, tale.state().handOff?.number]).toEqual([22_500, 1]);
    expect(take(tale, demo).state().handOff?.number).toBe(1);
    expect(take(tale, ebook).state().handOff).toBeUndefined();
  });
});

describe('once it is accepted', () => {
  const accepted = () => offered(scored()).command({ word: 'accept', handOff: 1 });
  test('it stays with the rep, who is told what it rests on no more', () => {
    const tale = take(accepted(), ebook);
    expect(tale.state()).toMatchObject({ qualification: 'accepted', handOff: { rep: reps.rosa } });
    expect(tale.factsOf('HandOffDoubted')).toEqual([expect.objectContaining({ handOff: 1, because: why })]);
    expect(mails(tale).at(-1)).toEqual(['doubt', reps.rosa, why]);
  });

  test('and is told once', () => {
    const tale = accepted().does('social.followed', { network: 'mastodon' });
    const first = tale.factsOf('EngagementRecorded')[0]?.id ?? '';
    expect(take(take(tale, ebook), first).factsOf('HandOffDoubted').length).toBe(1);
  });
});

describe('who became an MQL', () => {
  const alone = publish({ plans: [] });
  const known = () => given(alone, chloe.leadId).profile(chloe.traits);
  const mql = () => known().does('form.submitted', { form: 'a' }).does('form.submitted', { form: 'b' }, { id: ebook });
  test('by its points is what they were before', () => {
    expect(qualifications(mql())).toEqual(['lead', 'mql']);
    expect(qualifications(take(mql(), ebook))).toEqual(['lead', 'mql', 'lead']);
  });
  test('before anybody knew their name is known by it now', () => {
    const stranger = given(alone, chloe.leadId).does('form.submitted', {}).does('form.submitted', {}, { id: ebook }).profile(chloe.traits);
    expect(qualifications(stranger)).toEqual(['mql']);
    expect(qualifications(take(stranger, ebook))).toEqual(['mql', 'lead']);
  });
  test('and would be one without it stays one, however far the points have faded since', () => {
    const tale = mql().does('social.messaged', { network: 'mastodon' }, { id: demo });
    expect(qualifications(take(tale.after('100 days'), demo))).toEqual(['lead', 'mql']);
  });
  test('of several that were needed, each alone is enough to take it', () => {
    const tale = take(known().does('form.submitted', {}, { id: demo }).does('newsletter.subscribed', { topic: 'x' }), demo);
    expect(qualifications(tale.does('form.submitted', {}, { id: ebook }))).toEqual(['lead']);
    expect(qualifications(tale.does('form.submitted', {}, { id: 'form-third0' }))).toEqual(['lead', 'mql']);
    expect(qualifications(take(tale, ebook))).toEqual(['lead', 'mql', 'lead']);
  });
});

describe('conditions', () => {
  const often = engaged('page.viewed', { where: { path: '/pricing' }, times: 2, within: '7 days' });
  const watching = defineSequence({
    id: 'watching',
    version: 1,
    model: 'b2b-points',
    exit: [all(engaged('survey.answered'), score.atLeast(100))],
    handOff: [
      { name: 'never', when: all(often, engaged('form.submitted'), clicked('hello'), score.atLeast(100)), sla: { contact: '24 hours' } },
    ],
    phases: { start: { touches: [email('hello', { after: '0 minutes', purpose: 'service' })], exhaustedAfter: '365 days' } },
  });
  const world = publish({ plans: [watching] });
  const lead = () => given(world, chloe.leadId).profile(chloe.traits).command({ word: 'enrol', sequence: 'watching' });
  const marks = (tale: Tale): readonly (readonly number[])[] => Object.values(tale.state().enrolments['e1']?.marks ?? {});

  test('hold no more by it, and go by what had given way to it', () => {
    const earliest = lead().does('survey.answered', {}, { id: demo }).after('2 days').does('survey.answered', {});
    expect(marks(earliest)).toEqual([[monday]]);
    expect(marks(take(earliest, demo))).toEqual([[monday + 2 * day]]);
    const newest = lead().does('form.submitted', {}).after('2 days').does('form.submitted', {}, { id: demo });
    expect(marks(newest)).toEqual([[monday + 2 * day]]);
    expect(marks(take(newest, demo))).toEqual([[monday]]);
    expect(marks(take(lead().does('form.submitted', {}, { id: demo }), demo))).toEqual([]);
  });

  test('of several times count the others', () => {
    const tale = lead();
    for (const id of [demo, ebook, 'third-view0']) tale.after('1 day').does('page.viewed', { path: '/pricing' }, { id });
    const [left = []] = marks(take(tale, ebook));
    expect(heldFrom(left, 2, 7 * day, -1)).toBe(monday + 3 * day);
  });

  test('are not held by the click of a machine on a message', () => {
    const tale = lead().does('email.clicked', { link: 'x' }, { id: demo, effect: 'e1.start.hello.1' });
    expect(marks(tale).length).toBe(1);
    expect(marks(take(tale, demo))).toEqual([]);
  });

  test('what was sent, entered and refused on its account stays', () => {
    const tale = lead().delivered().does('email.unsubscribed', {}, { id: demo });
    const after = take(tale, demo);
    expect(after.state()).toMatchObject({ suppressed: { email: 'unsubscribed' } });
    expect(after.factsOf('TouchSent').length).toBe(1);
  });
});

test('what is decided of a retraction is decided again from the same log', () => {
  const tale = offered(scored());
  const history = [...tale.history()];
  const input = eventInput(
    'engagement.retracted',
    tale.now(),
    { of: ebook, because: 'mail-gateway' },
    { actor: 'machine', id: 'again-again' },
  );
  const [first, second] = [1, 2].map(() => decide(published, fold(tale.state(), []), [input], tale.now(), () => history));
  expect(first).toEqual(second);
  expect(first?.length).toBeGreaterThan(3);
});
