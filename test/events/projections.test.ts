import type { Decision } from '../../workflows/core/facts';
import { accountOf } from '../../events/projections/account';
import { columnsOf, emptySummary, foldSummary, handOffChanges, type LeadSummary } from '../../events/projections/lead-summary';
import { decision, type Plain } from './decisions';

const plan = 'saas-trial@2#abc';
const sent = (effect: string, content: string): Plain => ({
  type: 'TouchSent',
  effect,
  enrolment: 'e1',
  touch: effect,
  content: `${content}@1#d`,
  purpose: 'marketing',
});

describe('the account', () => {
  const account = accountOf([
    decision(
      'ada',
      1,
      { type: 'LeadResumed', run: 'r' },
      { type: 'QualificationChanged', from: 'suspect', to: 'lead', because: 'import' },
      { type: 'Enrolled', enrolment: 'e1', sequence: plan, phase: 'start', data: {}, because: 'import' },
      { type: 'StageChanged', from: undefined, to: 'awareness', because: 'phase' },
    ),
    decision('ada', 2, sent('e1.a.1', 'guide'), { type: 'StageChanged', from: 'awareness', to: 'decision', because: 'score' }),
    decision(
      'grace',
      1,
      { type: 'LeadResumed', run: 'r' },
      { type: 'Enrolled', enrolment: 'e1', sequence: 'newsletter@1#x', phase: 'one', data: {}, because: 'list' },
    ),
    decision(
      'grace',
      2,
      sent('e1.a.1', 'guide'),
      sent('e1.b.1', 'case-study'),
      { type: 'TouchWithheld', enrolment: 'e1', touch: 'c', content: 'offer', because: 'cap' },
      { type: 'EnrolmentEnded', enrolment: 'e1', because: 'goal' },
    ),
    decision(
      'ada',
      3,
      { type: 'TouchUncertain', effect: 'e1.b.1', enrolment: 'e1', touch: 'b', content: 'video@1#v', because: 'cut' },
      { type: 'TouchUncertain', effect: 'e1.c.1', enrolment: 'e1', touch: 'c', content: 'offer@1#v', because: 'cut' },
      {
        type: 'TouchRefused',
        effect: 'e1.d.1',
        enrolment: 'e1',
        touch: 'd',
        content: 'x@1#y',
        because: 'address-refused',
        permanent: true,
      },
    ),
    decision(
      'ada',
      4,
      { type: 'UncertainSettled', effect: 'e1.b.1', sent: true, by: 'operator' },
      { type: 'HandOffRequested', handOff: 1, rule: 'scored', enrolment: 'e1', why: 'score 80', contactBy: 9 },
      { type: 'HandOffOffered', handOff: 1, rep: 'rosa' },
    ),
    decision(
      'ada',
      5,
      { type: 'HandOffOffered', handOff: 1, rep: 'sam' },
      { type: 'HandOffAccepted', handOff: 1, rep: 'sam' },
      { type: 'HandOffContacted', handOff: 1, rep: 'sam' },
      { type: 'HandOffClosed', handOff: 1, as: 'won', because: 'signed' },
    ),
  ]);

  test('leads stand where their last change left them', () => {
    expect(account.leads).toBe(2);
    expect(account.byStage).toEqual({ decision: 1, none: 1 });
    expect(account.byQualification).toEqual({ lead: 1, suspect: 1 });
    expect(account.enrolments).toEqual({ 'saas-trial': { ever: 1, open: 1 }, newsletter: { ever: 1, open: 0 } });
    expect(account.asOfAt).toBe(5_000);
  });

  test('mails are counted by content, one that was settled as sent too', () => {
    expect(account.mails).toEqual({ sent: 4, byContent: { guide: 2, 'case-study': 1, video: 1 } });
  });

  test('what was not sent has its reasons, and what is unknown is listed until it is settled', () => {
    expect(account.withheld).toEqual({ total: 1, byReason: { cap: 1 } });
    expect(account.refused).toEqual({ total: 1, byReason: { 'address-refused': 1 } });
    expect(account.uncertain).toBe(1);
  });

  test('a hand-off counts for each rep it was offered to, and its end for the one who had it', () => {
    expect(account.handOffs).toMatchObject({ requested: 1, offered: 2, accepted: 1, contacted: 1, won: 1, lost: 0 });
    expect(account.handOffs.byRep).toMatchObject({ rosa: { offered: 1, accepted: 0, won: 0 }, sam: { offered: 1, accepted: 1, won: 1 } });
  });

  test('facts and decisions are all counted', () => {
    expect([account.decisions, account.facts]).toEqual([7, 22]);
  });
});

describe('the summary of a lead', () => {
  const fold = (...decisions: readonly Decision[]): LeadSummary => decisions.reduce(foldSummary, emptySummary);
  const points = (delta: number): Plain => ({
    type: 'PointsChanged',
    model: 'b2b-points@1#m',
    rule: 'r',
    event: 'e',
    day: 1,
    raw: delta,
    delta,
  });

  test('the score is the sum of what its points changed by, between 1 and 100, and 0 for nothing seen', () => {
    expect(columnsOf(emptySummary).score).toBe(0);
    expect(columnsOf(fold(decision('ada', 1, points(20_000), points(15_400)))).score).toBe(35);
    expect(columnsOf(fold(decision('ada', 1, points(-20_000)))).score).toBe(1);
    expect(columnsOf(fold(decision('ada', 1, points(220_000)))).score).toBe(100);
    expect(
      columnsOf(fold(decision('ada', 1, points(30_000), { type: 'PointsDecayed', model: 'b2b-points@1#m', day: 3, delta: -10_000 }))).score,
    ).toBe(20);
  });

  test('open sequences and what is wrong show', () => {
    const row = fold(
      decision(
        'ada',
        1,
        { type: 'Enrolled', enrolment: 'e1', sequence: plan, phase: 'p', data: {}, because: 'x' },
        { type: 'HandOffUnassigned', handOff: 1, because: 'no-reps', retryAt: 5 },
      ),
    );
    expect(columnsOf(row)).toMatchObject({ sequence: 'saas-trial', problem: 'no-reps' });
    expect(
      columnsOf(
        foldSummary(
          row,
          decision(
            'ada',
            2,
            { type: 'HandOffOffered', handOff: 1, rep: 'sam' },
            { type: 'EnrolmentEnded', enrolment: 'e1', because: 'goal' },
          ),
        ),
      ),
    ).toEqual({ qualification: 'suspect', score: 0, sequence: '' });
  });

  test('what a decision did to a hand-off is told in order', () => {
    const changes = handOffChanges(
      decision(
        'ada',
        7,
        { type: 'HandOffOffered', handOff: 2, rep: 'sam' },
        { type: 'HandOffAccepted', handOff: 2, rep: 'sam' },
        { type: 'HandOffClosed', handOff: 2, as: 'rejected', because: 'student' },
      ),
    );
    expect(changes.map(({ handOff, status, rep }) => [handOff, status, rep])).toEqual([
      [2, 'offered', 'sam'],
      [2, 'accepted', 'sam'],
      [2, 'rejected', undefined],
    ]);
  });
});
