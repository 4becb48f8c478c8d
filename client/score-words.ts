/** What people read about a predictive model: its figures beside saying the base rate of everybody, what counts, what was left out, when leads convert. */

import type { ColumnReport, LeftOut, Metrics, Scored, When, WhenBand } from '../workflows/core/predict';
import { section, table, wrapped } from './print';
import { sentence } from './refusal';

/** For a closing line. */
export const figuresOf = (metrics: Metrics | undefined): Readonly<Record<string, unknown>> => ({ ...metrics });

export function figuresTable(title: string, metrics: Metrics | undefined): string {
  if (metrics === undefined) return '';
  const { n, positives, auc, logLoss, baseLogLoss, ece, precisionTopFifth, baseRate } = metrics;
  return section(
    `${title} (${n.toLocaleString('en')} leads, ${positives.toLocaleString('en')} converted)`,
    table(
      ['figure', { title: 'model', align: 'right' }, { title: 'base rate alone', align: 'right' }, { title: 'what it is', flexible: true }],
      [
        ['AUC', auc.toFixed(3), '0.500', 'chance that a lead that converts ranks above one that does not'],
        ['log loss', logLoss.toFixed(3), baseLogLoss.toFixed(3), 'surprise at what happened; less is better'],
        ['calibration error', ece.toFixed(3), '', 'by how much "30%" is wrong on average'],
        ['top fifth', inPercent(precisionTopFifth), inPercent(baseRate), 'converted among the fifth ranked highest'],
      ],
    ),
  );
}

export const inPercent = (share: number): string => `${(share * 100).toFixed(1)}%`;

export const noteLines = (notes: readonly string[]): string => notes.map((note) => wrapped(sentence(note))).join('\n');

export function leftOutTable(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  return section(
    'Left out',
    table(
      ['column', { title: 'because it', flexible: true }],
      leftOut.map(({ column, because }) => [column.slice(0, 40), because]),
    ),
  );
}

export function usedTable(columns: readonly ColumnReport[]): string {
  return section(
    'Counts, the most telling first',
    table(
      ['column', { title: 'read as', flexible: true }],
      columns.map(({ column, read, note }) => [column.slice(0, 44), note === undefined ? read : `${read}; ${note}`]),
    ),
  );
}

export function whenText(when: When): string {
  if (when.as === 'unknown') return wrapped(`When they convert cannot be told: ${when.because}.`);
  return section(
    `When they convert, if they do (${when.from})`,
    table(
      ['probability', { title: 'conversions', align: 'right' }, { title: 'eight of ten take', flexible: true }],
      when.bands.map((band) => [`${inPercent(band.from)} to ${inPercent(Math.min(1, band.below))}`, band.leads, daysText(band)]),
    ),
  );
}

export const daysText = ({ days: [early, middle, late] }: WhenBand): string => `${early} to ${late} days, half of them ${middle} or fewer`;

const mostReasons = 3;
/** Log odds that nobody would notice. */
const least = 0.05;

/** `Last Activity: SMS Sent; ...`, strongest first. */
export const reasonsText = ({ reasons }: Scored, direction: 'raises' | 'lowers'): string =>
  reasons
    .filter(({ weight }) => (direction === 'raises' ? weight >= least : weight <= -least))
    .slice(0, mostReasons)
    .map(({ name, says }) => `${name}: ${says}`)
    .join('; ');
