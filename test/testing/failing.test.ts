import { journey, TaleError } from '../../workflows/testing';
import { intro, talk } from './small-sequences';

const begin = () => journey(intro, { with: [talk] });

/** The error of an expectation that must not hold. */
function failure(tell: () => unknown): TaleError {
  try {
    tell();
  } catch (error) {
    if (error instanceof TaleError) return error;
    throw error;
  }
  throw new Error('the expectation held');
}
const said = (tell: () => unknown): string => failure(tell).message.split('\n', 1)[0] ?? '';

describe('an expectation that does not hold says', () => {
  test('what was sent instead, and why this was not', () => {
    expect(said(() => begin().lead().receives('guide'))).toBe(
      'The lead was to receive "guide", but it was never due. Since time was last moved: "welcome".',
    );
    expect(said(() => begin().lead().does('content.downloaded', { content: 'x' }).after('4 days').receives('guide'))).toBe(
      'The lead was to receive "guide", but it was due on Thu 8 Jan 2026 10:00 and not sent: its condition in the sequence said no. Since time was last moved: nothing.',
    );
    expect(said(() => begin().lead().after('4 days').receives('welcome'))).toContain(
      'sent on Mon 5 Jan 2026 10:00, before time was last moved',
    );
    expect(said(() => begin().at('2026-01-05T22:00').lead().receives('welcome'))).toContain(
      'it is due and waits until Tue 6 Jan 2026 08:00: it is night where the person is',
    );
    expect(said(() => begin().person().mailIsAway('1 day').enters().receives('welcome'))).toContain(
      'could not go on Mon 5 Jan 2026 10:00 (mail-server-away)',
    );
  });

  test.each([
    [
      (tale: ReturnType<typeof begin>) => tale.receivesNothing(),
      'The lead was to receive nothing since time was last moved, but was sent "welcome".',
    ],
    [(tale: ReturnType<typeof begin>) => tale.hasReceived('guide'), 'The lead was to have received "guide", but it was never due.'],
    [
      (tale: ReturnType<typeof begin>) => tale.hasReceived('welcome', { onDay: 2 }),
      '"welcome" was to be sent on day 2 of the tale, but was sent on day 0.',
    ],
    [
      (tale: ReturnType<typeof begin>) => tale.neverReceives('welcome'),
      'The lead was never to receive "welcome", but it was sent on Mon 5 Jan 2026 10:00.',
    ],
    [(tale: ReturnType<typeof begin>) => tale.isNotSent('welcome'), '"welcome" was to be due and not sent, but it was sent.'],
    [(tale: ReturnType<typeof begin>) => tale.isIn('more'), 'The lead was to be in phase more, but is in phase hello of intro.'],
    [(tale: ReturnType<typeof begin>) => tale.isOn('talk'), 'The lead was to be on talk, but is in phase hello of intro.'],
    [(tale: ReturnType<typeof begin>) => tale.isOnNothing(), 'The lead was to be in no sequence, but is in phase hello of intro.'],
    [(tale: ReturnType<typeof begin>) => tale.hasLeft('intro'), 'The lead was to have left intro, but is still on it.'],
    [(tale: ReturnType<typeof begin>) => tale.hasLeft('talk'), 'The lead was to have left talk, but was never on it.'],
    [(tale: ReturnType<typeof begin>) => tale.isAtStage('decision'), 'The lead was to be at stage decision, but is at stage awareness.'],
    [(tale: ReturnType<typeof begin>) => tale.isQualifiedAs('mql'), 'The lead was to be qualified as mql, but is qualified as lead.'],
    [(tale: ReturnType<typeof begin>) => tale.hasScore({ atLeast: 20 }), 'The lead was to have a score of from 20 to 100, but has 0.'],
    [(tale: ReturnType<typeof begin>) => tale.hasGrade('A'), 'The lead was to be of grade A, but is of grade D.'],
    [(tale: ReturnType<typeof begin>) => tale.isTemperature('hot'), 'The lead was to be a lead that is hot, but is a lead that is cold.'],
    [(tale: ReturnType<typeof begin>) => tale.isHandedOff(), 'The lead was to be handed to a rep, but no hand-off is open.'],
    [(tale: ReturnType<typeof begin>) => tale.waitsFor('case'), 'The lead was to wait for "case", but waits for touch guide.'],
    [
      (tale: ReturnType<typeof begin>) => tale.waitsFor('guide', 'cap'),
      'The lead was to wait for "guide" because of cap, but it is not held.',
    ],
    [
      (tale: ReturnType<typeof begin>) => tale.answered(false),
      'The lead was to answer no, but said yes: Enrolled in intro@1, phase hello (e1).',
    ],
    [
      (tale: ReturnType<typeof begin>) => tale.takesArm('how', 'fast'),
      'The lead was to take arm fast of "how", but the choice was not made yet.',
    ],
    [
      (tale: ReturnType<typeof begin>) => tale.hasFact('LeadPaused'),
      'The lead was to have a fact LeadPaused {}, but there is none of that type.',
    ],
    [(tale: ReturnType<typeof begin>) => tale.hasNoFact('Enrolled'), 'The lead was to have no fact Enrolled, but there is one.'],
  ])('%s', (expectation, says) => {
    expect(said(() => expectation(begin().lead()))).toBe(says);
  });

  test('how a hand-off differs from the one expected, all at once', () => {
    const handed = () => begin().lead().does('form.submitted', { form: 'demo' });
    expect(said(() => handed().isNotHandedOff())).toContain('hand-off 1 is open (intro.hand-raiser)');
    expect(said(() => handed().isHandedOff({ to: 'rep-2', contactWithin: '1 day', accepted: true }))).toBe(
      'The lead was to be handed off to rep-2, but it is with rep-1; and to be contacted within 1 day, but the time ends Mon 5 Jan 2026 14:00; and accepted, but it is not.',
    );
  });

  test('which mails went, where the list is not the one expected', () => {
    expect(failure(() => begin().lead().after('4 days').received(['guide', 'welcome'])).message).toMatch(
      /^The lead was to have received "guide", "welcome"\nbut was sent "welcome", "guide"\.\n/,
    );
  });
});

test('a vow holds for the rest of the tale: the word that breaks it fails', () => {
  const tale = begin().lead().neverReceives('guide').after('2 days');
  expect(said(() => tale.after('1 day'))).toBe('The lead was never to receive "guide", but it was sent on Thu 8 Jan 2026 10:00.');
});

test('a failure tells the whole tale: what was told, what came of it, when, why not, and how it stands', () => {
  const { message } = failure(() =>
    begin()
      .person({ zone: 'Etc/UTC' })
      .mailEnds('welcome', 'finds the server away')
      .enters()
      .after('1 hour')
      .does('content.downloaded', { content: 'x' })
      .after('4 days')
      .receives('guide'),
  );
  expect(message).toMatchInlineSnapshot(`
   "The lead was to receive "guide", but it was due on Thu 8 Jan 2026 10:30 and not sent: its condition in the sequence said no. Since time was last moved: nothing.

   The tale so far (times of Etc/UTC):
     Mon 5 Jan 2026 10:00  The profile became known
                           Lifecycle stage lead (known by name)
                           Grade D (fit 16)
                           The next sends of "welcome" will end: finds the server away
                           Enrolment in intro@1 asked for by a marketer. Enrolled in intro@1, phase hello (e1).
                           In sequence intro@1, phase hello (enrolled by a marketer)
                           Stage awareness (phase hello of intro@1)
                           Message "welcome" could not go (mail server away); tried again at Mon 5 Jan 2026 10:30
     Mon 5 Jan 2026 10:30  Message "welcome" sent (welcome@1)
     Mon 5 Jan 2026 11:00  Event content.downloaded (content x)
                           Lifecycle stage marketing qualified (MQL) (downloaded something)
                           Points +15 by rule download
     Thu 8 Jan 2026 10:30  Message "guide" not sent: its condition in the sequence said no
   How it stands, Fri 9 Jan 2026 11:00:
     mql, awareness, score 15, grade D, cold (by score).
     intro@1, phase hello (e1): every message of the phase is done. The phase runs out at Thu 15 Jan 2026 10:00. Goes to more on a click in "guide".
     Looks again by itself at Thu 15 Jan 2026 10:00."
  `);
});

test('a failure points at the line of the test, not into the kit', () => {
  const { stack = '' } = failure(() => begin().lead().receives('guide'));
  expect(stack.split('\n').find((line) => line.trim().startsWith('at '))).toContain('failing.test.ts');
});

test('a plan that goes round without a wait is named with its tale', () => {
  const circling = {
    ...intro,
    phases: {
      ...intro.phases,
      hello: { touches: [], advance: [], exhaustedAfter: '0 minutes', exhausted: { to: 'more' } },
      more: { touches: [], advance: [], exhaustedAfter: '0 minutes', exhausted: { to: 'hello' } },
    },
  } as const;
  expect(
    failure(() =>
      journey(circling, { with: [talk] })
        .lead()
        .after('1 day'),
    ).message,
  ).toMatch(/wake-stuck[^]+The tale so far/);
});
