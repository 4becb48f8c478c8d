import { calibrate, oddsOf } from '../../../workflows/core/predict/calibration';
import { probability, scorerOf } from '../../../workflows/core/predict';
import { chanceFrom, diceOf } from './lists';
import { trained } from './training';

/** Leads with scores from -4 to 4, who convert by `odds` of their score. */
function held(seed: number, count: number, odds: (score: number) => number) {
  const dice = diceOf(seed);
  const scores = Float64Array.from({ length: count }, () => 8 * dice.unit() - 4);
  return {
    scores,
    labels: Uint8Array.from(scores, (score) => (dice.hit(chanceFrom(odds(score))) ? 1 : 0)),
    rows: Uint32Array.from(scores.keys()),
    folds: Uint8Array.from(scores.keys(), (row) => row % 5),
    foldCount: 5,
  };
}

describe('probabilities', () => {
  test('follow what happened where a straight line of the scores does not', () => {
    const real = (score: number): number => (score < 0 ? 1.5 * score : 0.2 * score);
    const found = calibrate(held(1, 8_000, real));
    expect(found.bends).toBeDefined();
    for (const score of [-3, -1.5, 0, 1.5, 3])
      expect(Math.abs(chanceFrom(oddsOf(found, score)) - chanceFrom(real(score)))).toBeLessThan(0.05);
  });

  test.each([11, 12, 13])('follow a score that tells nothing more at its ends (%i)', (seed) => {
    const real = (score: number): number => Math.max(-1.5, Math.min(1.5, 3 * score));
    const found = calibrate(held(seed, 6_000, real));
    expect(found.bends?.length).toBeGreaterThan(0);
    for (const score of [-3.5, -2, 2, 3.5]) expect(Math.abs(chanceFrom(oddsOf(found, score)) - chanceFrom(real(score)))).toBeLessThan(0.06);
    for (let score = -4; score < 4; score += 0.1) expect(oddsOf(found, score + 0.1)).toBeGreaterThanOrEqual(oddsOf(found, score) - 1e-9);
  });

  test('stay on a straight line where it fits, and where there are too few leads to know better', () => {
    expect(calibrate(held(2, 8_000, (score) => 0.8 * score - 1)).bends).toBeUndefined();
    expect(calibrate(held(3, 900, (score) => (score < 0 ? 2 * score : 0.1 * score))).bends).toBeUndefined();
  });

  test('never fall as the score rises', () => {
    for (const [seed, real] of [
      (score: number) => 2 - score ** 2 / 2,
      (score: number) => Math.sin(2 * score),
      (score: number) => score,
    ].entries()) {
      const found = calibrate(held(seed + 4, 4_000, real));
      for (let score = -4; score < 4; score += 0.1) expect(oddsOf(found, score + 0.1)).toBeGreaterThanOrEqual(oddsOf(found, score) - 1e-9);
    }
  });
});

test('the reasons of a lead come to its probability where the calibration is bent, too', () => {
  const dice = diceOf(9);
  const rows = Array.from({ length: 6_000 }, () => {
    const [a, b, c] = [dice.normal(), dice.normal(), dice.normal()];
    const sum = a + b + c;
    return {
      a: a.toFixed(3),
      b: b.toFixed(3),
      c: c.toFixed(3),
      won: dice.hit(sum > 0.5 ? 0.45 : chanceFrom(2 * sum - 1.5)) ? 'yes' : 'no',
    };
  });
  const model = trained(rows, 'won');
  const [aged] = model.models;
  expect(aged?.calibration.bends?.length).toBeGreaterThan(0);
  const lead = { a: '0.2', b: '1.4', c: '-0.3' };
  const { reasons, probability: chance } = scorerOf(model).scored(lead);
  const base = oddsOf(aged?.calibration ?? { shift: 0, stretch: 0 }, aged?.intercept ?? 0);
  expect(chanceFrom(reasons.reduce((odds, { weight }) => odds + weight, base))).toBeCloseTo(chance, 9);
  expect(probability(model, lead)).toBeCloseTo(chance, 12);
});
