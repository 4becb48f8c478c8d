import { columnsOf, count, date, inLocalTime, pageWidth, points, safe, span, table, wrapped } from '../../client/print';
import { factWord, quietFacts } from '../../workflows/speech/fact-words';
import { inWords, withheldWords } from '../../workflows/speech/words';
import { factTypes } from '../../workflows/core';
import type { FactOf, FactType } from '../../workflows/core';
import { fact, life, model } from './given-facts';

const speech = {
  rep: (id: string): string => (id === 'rep-maya' ? 'Maya Okafor' : id),
  date: (): string => 'tomorrow',
  points: (number: number): string => points(number, true),
};
/** Names that live in the code and say nothing to a marketer. */
const internal =
  /\b(Touch|Enrolled|Withheld|quiet-hours|hand-off-|no-address|content-missing|template-field-missing|undefined|NaN|\[object)\b/;

const others: { readonly [T in FactType]?: FactOf<T> } = {
  LeadRestated: fact('LeadRestated', { state: {} as FactOf<'LeadRestated'>['state'], because: 'facts-behind' }),
  LeadAbsorbed: fact('LeadAbsorbed', { from: 'lead-b', throughN: 3, digest: 'x' }),
  LeadErased: fact('LeadErased', { by: 'olga', because: 'asked for' }),
  LeadRested: fact('LeadRested', {}),
  CommandRecorded: fact('CommandRecorded', {
    id: 'c',
    command: { word: 'pause' },
    by: 'olga',
    because: 'on leave',
    answer: { ok: false, says: 'The lead is paused already.' },
  }),
  InputRefused: fact('InputRefused', { id: 'x', code: 'input-refused' }),
  ConditionsProgressed: fact('ConditionsProgressed', { enrolment: 'e1', marks: [] }),
  EnrolmentDataChanged: fact('EnrolmentDataChanged', { enrolment: 'e1', data: { value: 90 }, because: 'cart.updated' }),
  StepReplanned: fact('StepReplanned', { enrolment: 'e1', step: 'reminder', at: 1, because: 'webinar.rescheduled' }),
  PlanExhausted: fact('PlanExhausted', { enrolment: 'e1', phase: 'learn' }),
  EnrolmentEnded: fact('EnrolmentEnded', { enrolment: 'e1', because: 'goal' }),
  MatrixScored: fact('MatrixScored', {
    model,
    parts: [
      { part: 'pain', points: 8_000, delta: 60_000 },
      { part: 'fit', points: 7_500, is: 'team-lead', delta: 0 },
    ],
    delta: 60_000,
    fit: 7.5,
    grade: 'B',
    seen: true,
  }),
  LeadRescored: fact('LeadRescored', { model, delta: 5_000, raw: [], grade: 'B', quiet: true }),
  EngagementRetracted: fact('EngagementRetracted', { event: 'aaaaaaaaaaa', was: 'email.clicked', by: 'olga', because: 'mail-gateway' }),
  PointsRetracted: fact('PointsRetracted', { model, rule: 'click', event: 'aaaaaaaaaaa', day: 20_393, raw: 5_000, delta: -2_500 }),
  HandOffDoubted: fact('HandOffDoubted', { handOff: 1, because: 'email.clicked was taken back (mail-gateway)' }),
  SignAwaited: fact('SignAwaited', { sign: 'abandoned-cart', dueAt: 1 }),
  LeadPaused: fact('LeadPaused', { by: 'olga', because: 'on leave' }),
  LeadUnpaused: fact('LeadUnpaused', { by: 'olga', because: '' }),
  Suppressed: fact('Suppressed', { channel: 'all', because: 'complained' }),
  Unsuppressed: fact('Unsuppressed', { channel: 'email', because: 'operator' }),
  TouchHeld: fact('TouchHeld', { enrolment: 'e1', touch: 'ebook', until: 1, because: 'quiet-hours' }),
  TouchReplaced: fact('TouchReplaced', { enrolment: 'e1', touch: 'ebook', content: 'short', because: 'quiet-hours' }),
  EffectDecided: fact('EffectDecided', { effect: { type: 'AssignRep', id: 'h1.assign.1', handOff: 1, rule: 'r', not: [], contactBy: 1 } }),
  TouchRefused: fact('TouchRefused', {
    effect: 'x',
    enrolment: 'e1',
    touch: 'ebook',
    content: 'ebook@1#b',
    because: 'address-refused',
    permanent: true,
  }),
  TouchUnavailable: fact('TouchUnavailable', { effect: 'x', enrolment: 'e1', touch: 'ebook', because: 'mail-server-away', retryAt: 1 }),
  EffectReturned: fact('EffectReturned', { effect: 'x', enrolment: 'e1', touch: 'gift', name: 'coupon', data: { code: 'SPRING-7' } }),
  LeadsTold: fact('LeadsTold', { effect: 'x', enrolment: 'e1', touch: 'thank', whom: 'referrer', event: 'referral.won', reached: 1 }),
  TaskGiven: fact('TaskGiven', { effect: 'x', enrolment: 'e1', touch: 'call', rep: 'rep-maya', says: 'Call and offer another time.' }),
  UncertainSettled: fact('UncertainSettled', { effect: 'x', sent: true, by: 'olga' }),
  HandOffUnassigned: fact('HandOffUnassigned', { handOff: 1, because: 'no-reps', retryAt: 1 }),
  RepNotified: fact('RepNotified', { handOff: 1, effect: 'x', what: 'offer' }),
  RepNotNotified: fact('RepNotNotified', { handOff: 1, effect: 'x', what: 'breach', because: 'mail-server-away' }),
  HandOffReminded: fact('HandOffReminded', { handOff: 1, clock: 'accept' }),
  HandOffBreached: fact('HandOffBreached', { handOff: 1, clock: 'contact' }),
  HandOffAccepted: fact('HandOffAccepted', { handOff: 1, rep: 'rep-maya' }),
  SequenceChangePlanned: fact('SequenceChangePlanned', { enrolment: 'e1', to: 'trial@2#b', because: 'moved to another version by olga' }),
  SequenceChanged: fact('SequenceChanged', {
    enrolment: 'e1',
    from: 'trial@1#a',
    to: 'trial@2#b',
    phase: 'start',
    next: 1,
    ways: [],
    marks: {},
    because: 'moved to another version by olga',
  }),
  PoolRanDry: fact('PoolRanDry', { enrolment: 'e1', touch: 'news', goesOn: false }),
  BranchTaken: fact('BranchTaken', {
    enrolment: 'e1',
    choice: 'interest',
    arm: 'reads',
    next: 2,
    end: 3,
    behind: 5,
    because: 'page.viewed',
  }),
  HandOffContacted: fact('HandOffContacted', { handOff: 1, rep: 'rep-maya' }),
  HandOffClosed: fact('HandOffClosed', { handOff: 1, as: 'won', because: 'bought' }),
};
const oneOfEach = new Map([...life, ...Object.values(others)].map((each) => [each.type, each]));

test('an event that takes another back is told by what it says', () => {
  const data = { of: 'aaaaaaaaaaa', because: 'mail-gateway' };
  const said = fact('EngagementRecorded', { id: 'bbbbbbbbbbb', event: 'engagement.retracted', actor: 'machine', data });
  expect(factWord(said, speech)).toBe('An event was said not to count: aaaaaaaaaaa (mail gateway)');
});

test('every type of fact has a sentence without a name from the code', () => {
  expect([...oneOfEach.keys()].sort()).toEqual([...factTypes].sort());
  for (const each of oneOfEach.values()) {
    const says = factWord(each, speech);
    expect(says).not.toMatch(internal);
    expect(says).toMatch(/^[A-Z]/);
  }
});

test('a refused command says that it was refused and why', () => {
  const command = oneOfEach.get('CommandRecorded');
  expect(command === undefined ? '' : factWord(command, speech)).toBe(
    'Pause asked for by olga: on leave. Refused: The lead is paused already.',
  );
});

test('reps are called by their names, points carry their sign and their cap', () => {
  expect(factWord(fact('HandOffAccepted', { handOff: 2, rep: 'rep-maya' }), speech)).toBe('Hand-off 2 accepted by Maya Okafor');
  expect(
    factWord(fact('PointsChanged', { model, rule: 'visit', event: 'x', day: 1, raw: 7_500, delta: 5_000, capped: 'day' }), speech),
  ).toBe('Points +5 by rule visit (of +7.5; the cap per day)');
});

test('every reason for not sending is a clause of its own, not its code', () => {
  const says = Object.values(withheldWords);
  expect(new Set(says).size).toBe(says.length);
  for (const [code, words] of Object.entries(withheldWords)) {
    expect(words).not.toBe(code);
    expect(words.split(' ').length).toBeGreaterThan(3);
  }
});

test('bookkeeping is quiet, what the person or the engine did is not', () => {
  expect(quietFacts.has('TouchSent') || quietFacts.has('EngagementRecorded') || quietFacts.has('TouchWithheld')).toBe(false);
});

test("the core's sentences are read aloud in words and local time", () => {
  expect(inWords('"ebook" is due and held (quiet-hours) until 2026-11-02 09:00 UTC.')).toContain('held (it is night where the person is)');
  expect(inWords('Must not be contacted (all: complained).')).toBe('Must not be contacted (every channel: marked a message as spam).');
  expect(inLocalTime('due at 2026-11-02 09:00 UTC.')).toBe(`due at ${date(Date.UTC(2026, 10, 2, 9))}.`);
});

describe('a table', () => {
  const wide = Array.from({ length: 3 }, (_, at) => [`lead-${at}`, 'a reason that goes on and on '.repeat(8), 1_000 * at]);

  test('never passes 100 columns, and loses no word', () => {
    const drawn = table(['lead', { title: 'why', flexible: true }, { title: 'number', align: 'right' }], wide);
    for (const line of drawn.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(pageWidth);
    expect(drawn.match(/reason/g)).toHaveLength(24);
  });

  test('fits names of any script', () => {
    const drawn = table(['who', { title: 'why', flexible: true }], [['山田太郎'.repeat(6), 'x '.repeat(90)]]);
    for (const line of drawn.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(pageWidth);
  });

  test('keeps each row on its lines: a name cannot break it or steer the terminal', () => {
    const drawn = table(['who', 'is'], [['Eve\n\u001b[2Jlead-x', 'here']]);
    expect(drawn.split('\n')).toHaveLength(3);
    expect(drawn).not.toContain('\u001b');
  });
});

test('what anybody wrote cannot steer the terminal', () => {
  expect(safe('Eve\u001b]0;gone\u0007\nnext')).toBe('Eve]0;gone\nnext');
});

test('paragraphs fit the page', () => {
  for (const line of wrapped('word '.repeat(100)).split('\n')) expect(line.length).toBeLessThanOrEqual(pageWidth);
});

test('numbers, points and spans are written as people write them', () => {
  expect([count(1, 'lead'), count(1_234, 'lead'), count(2, 'entry', 'entries')]).toEqual(['1 lead', '1,234 leads', '2 entries']);
  expect([points(65_000), points(-2_500, true), points(12_340, true)]).toEqual(['65', '-2.5', '+12.3']);
  expect([span(60_000), span(3 * 3_600_000), span(4 * 86_400_000)]).toEqual(['1 minute', '3 hours', '4 days']);
});
