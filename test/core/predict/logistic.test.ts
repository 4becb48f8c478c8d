import { fitLogistic, logistic, scoreRow } from '../../../workflows/core/predict/logistic';
import type { Design } from '../../../workflows/core/predict/logistic';
import { judge } from '../../../workflows/core/predict';
import { diceOf } from './lists';

const designOf = (rows: readonly (readonly number[])[]): Design => ({
  rows: rows.length,
  width: rows[0]?.length ?? 0,
  starts: Uint32Array.from({ length: rows.length + 1 }, (_, row) => row * (rows[0]?.length ?? 0)),
  slots: Uint32Array.from(rows.flatMap((row) => row.map((_, at) => at))),
  shares: Float64Array.from(rows.flat()),
});

const dice = diceOf(11);
const truth = [1.2, -0.7, 0];
const rows = Array.from({ length: 20_000 }, () => truth.map(() => dice.normal()));
const labels = Uint8Array.from(rows, (row) =>
  dice.hit(logistic(0.5 + row.reduce((sum, x, at) => sum + x * (truth[at] ?? 0), 0))) ? 1 : 0,
);
const design = designOf(rows);
const all = Uint32Array.from(rows.keys());

describe('the regression', () => {
  test('finds the weights that made the outcomes', () => {
    const { fit } = fitLogistic(design, labels, all, 1);
    expect(fit.intercept).toBeCloseTo(0.5, 1);
    truth.forEach((weight, at) => expect(Math.abs((fit.weights[at] ?? 0) - weight)).toBeLessThan(0.08));
  });

  test('ends where the loss has no slope, ridge included, from any start and with a borrowed curvature', () => {
    const ridge = 40;
    const own = fitLogistic(design, labels, all, ridge);
    const half = fitLogistic(design, labels, all.slice(0, 9_000), ridge);
    for (const { fit } of [own, fitLogistic(design, labels, all, ridge, half)]) {
      const slope = truth.map((_, at) => ridge * (fit.weights[at] ?? 0));
      for (const row of all)
        truth.forEach(
          (_, at) => (slope[at] = (slope[at] ?? 0) + (logistic(scoreRow(design, fit, row)) - (labels[row] ?? 0)) * (rows[row]?.[at] ?? 0)),
        );
      for (const one of slope) expect(Math.abs(one) / rows.length).toBeLessThan(1e-3);
    }
  });

  test('keeps weights finite where one answer tells everything', () => {
    const split = designOf(Array.from({ length: 100 }, (_, row) => [row < 50 ? 1 : 0]));
    const sure = Uint8Array.from({ length: 100 }, (_, row) => (row < 50 ? 1 : 0));
    const { fit } = fitLogistic(split, sure, Uint32Array.from(sure.keys()), 2);
    expect(fit.weights[0]).toBeGreaterThan(1);
    expect(fit.weights[0]).toBeLessThan(10);
  });
});

describe('the figures', () => {
  test('of a small example are those of hand and paper', () => {
    const figures = judge(Float64Array.of(0.1, 0.4, 0.4, 0.8, 0.9), Uint8Array.of(0, 0, 1, 1, 1));
    // Pairs of one that converted with one that did not: 6, of which 5 are in order and one is a tie.
    expect(figures.auc).toBeCloseTo(5.5 / 6, 12);
    expect(figures.logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.6) + Math.log(0.4) + Math.log(0.8) + Math.log(0.9)) / 5, 12);
    expect(figures.baseRate).toBeCloseTo(0.6, 12);
    expect(figures.baseLogLoss).toBeCloseTo(-(0.6 * Math.log(0.6) + 0.4 * Math.log(0.4)), 12);
    expect(figures.precisionTopFifth).toBe(1);
  });

  test('tell calibrated probabilities from ones that are a tenth off', () => {
    const chances = Float64Array.from({ length: 20_000 }, () => 0.2 + 0.6 * dice.unit());
    const happened = Uint8Array.from(chances, (chance) => (dice.hit(chance) ? 1 : 0));
    expect(judge(chances, happened).ece).toBeLessThan(0.015);
    const off = judge(
      chances.map((chance) => chance + 0.1),
      happened,
    );
    expect(off.ece).toBeCloseTo(0.1, 1);
    expect(off.auc).toBe(judge(chances, happened).auc);
  });
});
