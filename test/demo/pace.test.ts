/** A machine that cannot keep up with the fast clock is said to be busy, with the day that would do. */
import type { StoredDecision } from '../../activities/ports';
import { medianLag, paceWarning } from '../../worker/demo/pace';

const day = 86_400_000;
const sentAfter = (lag: number, n: number): StoredDecision => {
  const stamp = { v: 1 as const, occurredAt: 0 };
  const effect = { type: 'AssignRep' as const, id: `e${n}`, handOff: 1, rule: 'r', not: [], contactBy: 1 };
  const facts = [
    { ...stamp, recordedAt: 1_000, type: 'EffectDecided' as const, effect },
    {
      ...stamp,
      recordedAt: 1_000 + lag,
      type: 'TouchSent' as const,
      effect: `e${n}`,
      enrolment: 'e',
      touch: 't',
      content: 'c@1#0',
      purpose: 'marketing' as const,
    },
  ];
  return { seq: n, digest: '', decision: { v: 1, lead: 'ada', n, prev: '', run: 'r', at: 1, consumed: [], facts } };
};

describe('the pace of the demo', () => {
  it('is the median time from deciding a mail to knowing that it went', () => {
    expect(medianLag([sentAfter(5, 1), sentAfter(70, 2), sentAfter(6, 3)])).toBe(6);
    expect(medianLag([])).toBe(0);
  });

  it('is no word worth while the median mail goes within an engine day', () => {
    expect(paceWarning(day, 2_000)).toBeUndefined();
  });

  it('names the day that this machine would keep up with', () => {
    expect(paceWarning(2.5 * day, 2_000)).toMatch(/2\.5 engine days.*--day 5s/);
  });
});
