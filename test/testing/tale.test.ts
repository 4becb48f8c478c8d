import { journey, TaleError } from '../../workflows/testing';
import { intro, talk } from './small-sequences';

const begin = () => journey(intro, { with: [talk] });
const saying = (tell: () => unknown): string => {
  try {
    tell();
  } catch (error) {
    if (error instanceof TaleError) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('time in a tale', () => {
  test('everything due on the way happens at its own moment, not at the end of the wait', () => {
    const tale = begin().lead().after('9 days').hasReceived('welcome', { onDay: 0 }).hasReceived('guide', { onDay: 3 });
    expect(
      tale
        .facts()
        .filter(({ type }) => type === 'TouchSent')
        .map(({ recordedAt }) => new Date(recordedAt).toISOString()),
    ).toEqual(['2026-01-05T10:00:00.000Z', '2026-01-08T10:00:00.000Z']);
  });

  test('is told in local time, over a change of the clocks too', () => {
    const tale = begin().at('2026-03-28T09:00', 'Europe/Berlin').person({ zone: 'Europe/Berlin' });
    expect(tale.now()).toBe(Date.UTC(2026, 2, 28, 8));
    tale.at('2026-03-30T09:00');
    expect(tale.now()).toBe(Date.UTC(2026, 2, 30, 7));
  });

  test('may pass before anybody knows the lead', () => {
    begin().after('40 days').received([]).isOnNothing().lead().receives('welcome');
  });

  test('never goes back, and knows what is no moment, no zone and no span', () => {
    expect(saying(() => begin().lead().at('2026-01-05T09:00'))).toMatch(
      /^It is Mon 5 Jan 2026 10:00 in the tale already; it cannot go back/,
    );
    expect(saying(() => begin().at('next Tuesday'))).toContain('"next Tuesday" is no moment');
    expect(saying(() => begin().at('2026-01-05', 'Mars/Olympus'))).toContain('"Mars/Olympus" is no time zone');
    // The compiler knows more spans than there are.
    expect(() =>
      begin()
        .lead()
        .after('1.2.3 days' as '1 day'),
    ).toThrow('is no span');
  });
});

describe('a lead in a tale', () => {
  test('is put on the sequence; a person is only known until an event or somebody enrols them', () => {
    begin().lead().isOn('intro').isIn('hello');
    begin().person().isOnNothing().enters().isOn('intro').enters('talk').isOn('talk');
    begin().person().does('webinar.registered', { webinar: 'spring' }).isOn('talk').isIn('invite');
  });

  test('may enter where and with what the tale says, and a refusal is an answer', () => {
    const tale = begin()
      .lead({}, { phase: 'more', campaign: 'spring', data: { plan: 'team' } })
      .isIn('more')
      .answered(true, 'phase more');
    expect(Object.values(tale.state().enrolments)[0]).toMatchObject({ campaign: 'spring', data: { plan: 'team' } });
    tale.enters().answered(false, 'already in intro');
  });

  test('who changes keeps the traits that are not named, and consent goes its own way', () => {
    const tale = begin().person({ industry: 'software', seniority: 'manager' }).becomes({ seniority: 'director' }).withdrawsConsent();
    expect(tale.state().traits).toEqual({ industry: 'software', seniority: 'director' });
    tale.enters().isNotSent('welcome', 'consent').consents().after('4 days').receives('guide');
    begin().person({}, 'none').enters().neverReceives('welcome').after('9 days');
  });

  test('clicks in the newest mail of a touch; a machine that clicks moves nobody', () => {
    begin().lead().after('3 days').clicks('guide', { by: 'machine' }).isIn('hello').clicks('guide').isIn('more');
    expect(saying(() => begin().lead().clicks('guide'))).toContain('"guide" was never sent, so there is no email.clicked in it.');
    expect(saying(() => begin().person().replies())).toContain('No mail was sent yet');
  });

  test('may have done something a while ago that is learnt only now', () => {
    const tale = begin().lead({}, { phase: 'more' }).after('2 days').does('page.viewed', { path: '/pricing' }, { ago: '30 hours' });
    tale.receives('case');
    expect(tale.facts().find(({ type }) => type === 'EngagementRecorded')).toMatchObject({
      occurredAt: tale.now() - 30 * 3_600_000,
      recordedAt: tale.now(),
    });
    tale.does('app.login', {}, { at: '2026-01-07T09:30', mail: 'case' });
    expect(tale.facts().findLast(({ type }) => type === 'EngagementRecorded')).toMatchObject({
      occurredAt: Date.UTC(2026, 0, 7, 9, 30),
      effect: 'e1.more.case.1',
    });
    expect(saying(() => tale.does('app.login', {}, { at: '2026-02-07T09:30' }))).toContain('which is still to come');
  });

  test('waits for what the plan waits for, and takes the arm that holds', () => {
    begin()
      .lead({}, { phase: 'more' })
      .waitsFor('case')
      .does('page.viewed', { path: '/pricing' })
      .after('1 day')
      .receives('case')
      .waitsFor('how')
      .does('project.created')
      .takesArm('how', 'fast')
      .receives('next-steps');
    begin()
      .lead({}, { phase: 'more' })
      .does('page.viewed', { path: '/pricing' })
      .after('4 days')
      .takesArm('how', 'otherwise')
      .hasReceived('help');
  });
});

describe('the world of a tale', () => {
  test('is good unless the tale says otherwise: mails go, reps are there in turn', () => {
    begin()
      .lead()
      .does('form.submitted', { form: 'demo' })
      .isHandedOff({ by: 'hand-raiser', to: 'rep-1', contactWithin: '4 hours', accepted: false });
    journey(intro, { with: [talk], reps: ['rosa', 'sam'] })
      .lead()
      .does('form.submitted', { form: 'demo' })
      .isHandedOff({ to: 'rosa' })
      .after('1 hour')
      .isHandedOff({ to: 'sam' })
      .rep('accepts')
      .isHandedOff({ accepted: true })
      .rep('contacts')
      .rep('wins')
      .isQualifiedAs('customer')
      .isNotHandedOff();
  });

  test('may lose its mail server, its reps, or one mail', () => {
    begin().person().mailIsAway('2 hours').enters().receivesNothing().after('3 hours').receives('welcome').hasFact('TouchUnavailable');
    begin()
      .lead()
      .repsAreAway('90 minutes')
      .does('form.submitted', { form: 'demo' })
      .waitsFor('a rep')
      .after('2 hours')
      .isHandedOff({ to: 'rep-1' });
    begin()
      .person()
      .mailEnds('welcome', 'is refused')
      .enters()
      .hasFact('TouchRefused', { permanent: false })
      .after('4 days')
      .receives('guide');
    begin().person().mailEnds('welcome', 'bounces').enters().hasLeft('intro', 'bounced').isOnNothing();
    begin()
      .person()
      .mailEnds('welcome', 'finds the server away', { as: 'withheld', because: 'no-address' })
      .enters()
      .after('1 day')
      .isNotSent('welcome', 'no-address');
    begin().lead().does('form.submitted', { form: 'demo' }).hasNoFact('RepNotNotified');
    begin()
      .lead()
      .repEnds('write', { as: 'unavailable', because: 'mail-server-away' })
      .does('form.submitted', { form: 'demo' })
      .hasFact('RepNotNotified');
  });

  test('has operators, whose words are those of the command line', () => {
    begin()
      .lead()
      .operator('pauses')
      .answered(true)
      .waitsFor('resume')
      .after('5 days')
      .receivesNothing()
      .operator('resumes')
      .receives('guide')
      .operator('moves', { phase: 'more' })
      .isIn('more')
      .operator('suppresses', { channel: 'email' })
      .hasLeft('intro', 'operator')
      .operator('unsuppresses', { channel: 'email' })
      .operator('nudges')
      .answered(true, 'Looked again');
    begin().lead().operator('ends').hasLeft('intro', 'ended by an operator');
    begin()
      .person()
      .mailEnds('welcome', 'is uncertain')
      .enters()
      .operator('settles', { touch: 'welcome', sent: false })
      .hasFact('UncertainSettled', { sent: false });
    expect(saying(() => begin().person().operator('ends'))).toContain('The lead is not on intro');
    expect(saying(() => begin().lead().rep('accepts'))).toContain('No rep has this lead');
  });

  test('has the settings and models the tale brings', () => {
    journey(intro, { with: [talk], settings: { cap: { touches: 1, per: '7 days' } } })
      .lead()
      .after('3 days')
      .waitsFor('guide', 'cap')
      .after('4 days')
      .receives('guide');
  });

  test('moves a lead to another version of its sequence, with what they did before counted anew', () => {
    const second: typeof intro = { ...intro, version: 2 };
    journey(intro, { with: [talk, second] })
      .lead()
      .after('3 days')
      .clicks('guide')
      .operator('upgrades', { to: 'intro@2', when: 'now' })
      .answered(true, 'goes on with intro@2')
      .isIn('more');
  });

  test('lets a later attempt fail while the first one goes', () => {
    begin().person().mailEnds('guide', 'goes', 'bounces').enters().after('4 days').receives('guide').isOn('intro');
  });

  test('must hold every sequence that one of its plans starts', () => {
    expect(saying(() => journey(intro))).toBe('intro starts "talk", which is not in this tale: journey(…, { with: [that sequence] })');
    begin().lead().after('12 days').hasLeft('intro', 'ran out').isOn('talk').receives('call');
  });
});

test('a tale never told twice is the same to the last fact', () => {
  const tell = () => begin().lead().after('4 days').clicks('guide').does('page.viewed', { path: '/pricing' }).after('20 days').facts();
  expect(tell()).toEqual(tell());
});
