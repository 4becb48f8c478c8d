/** Pain against fit on a terminal: how many people are where, what the quadrants are called, and who is furthest up and right. Knows no rules. */
import { quadrants } from '../workflows/core/model';
import type { MerodioModel, Quadrant } from '../workflows/core/model';
import { painRow } from '../workflows/speech/bant-words';
import type { Pain } from '../workflows/core/pain';
import { blocks, count, section, span, table } from './print';

export type Placed = {
  readonly leadId: string;
  readonly pain?: Pain;
  /** 0 to 10 in tenths. */
  readonly fit: number;
  readonly persona?: string;
};

export type Lines = Pick<MerodioModel, 'high' | 'quadrants'>;
export const usualLines: Lines = { high: { pain: 7, fit: 7 } };

export function quadrantOf({ high }: Lines, { pain, fit }: Placed): Quadrant {
  const hurts = (pain?.is ?? 0) >= high.pain;
  if (hurts) return fit >= high.fit ? 'both' : 'pain';
  return fit >= high.fit ? 'fit' : 'neither';
}

const names: Readonly<Record<Quadrant, string>> = {
  both: 'pain and fit high',
  pain: 'pain high, fit low',
  fit: 'fit high, pain low or not known',
  neither: 'neither',
};

/** Ten rows of pain and one of those who said nothing, eleven columns of fit; whole steps, rounded down. */
export function cellsOf(
  all: readonly Placed[],
): readonly { readonly pain: number | undefined; readonly fit: number; readonly leads: number }[] {
  const sums = new Map<string, number>();
  for (const one of all) sums.set(keyOf(one), (sums.get(keyOf(one)) ?? 0) + 1);
  return [...sums].map(([key, leads]) => {
    const [pain = '', fit = ''] = key.split(' ');
    return { pain: pain === '-' ? undefined : Number(pain), fit: Number(fit), leads };
  });
}
const keyOf = ({ pain, fit }: Placed): string => `${pain === undefined ? '-' : Math.floor(pain.is)} ${Math.floor(fit)}`;

const rows: readonly (number | undefined)[] = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, undefined];
const columns = Array.from({ length: 11 }, (_, at) => at);
const width = 6;

/** The lines lie before the first step that is high. */
function picture(all: readonly Placed[], { high }: Lines): string {
  const leads = new Map(cellsOf(all).map((cell) => [`${cell.pain ?? '-'} ${cell.fit}`, cell.leads]));
  const [wall, floor] = [Math.ceil(high.fit), Math.ceil(high.pain)];
  const body = rows.flatMap((pain) => {
    const cells = columns.map((fit) => `${fit === wall ? '|' : ' '}${short(leads.get(`${pain ?? '-'} ${fit}`)).padStart(width - 1)}`);
    const line = `${String(pain ?? '?').padStart(6)} |${cells.join('')}`;
    const under = columns.map((fit) => (fit === wall ? '+' : '-') + '-'.repeat(width - 1));
    return pain === floor ? [line, `       |${under.join('')}`] : [line];
  });
  const axis = columns.map((fit) => String(fit).padStart(width)).join('');
  return ['  pain', ...body, `       +${'-'.repeat(width * columns.length)}`, `        ${axis}  fit`].join('\n');
}

/** `7`, `4321`, `12k`: four letters at most. */
const short = (leads: number | undefined): string =>
  leads === undefined
    ? ''
    : leads < 10_000
      ? String(leads)
      : leads < 10_000_000
        ? `${Math.floor(leads / 1_000)}k`
        : `${Math.floor(leads / 1e6)}m`;

/** Pain times fit, highest first; of those alike who fits better. */
export const inRank = (all: readonly Placed[]): readonly Placed[] =>
  all.toSorted((a, b) => (b.pain?.is ?? 0) * b.fit - (a.pain?.is ?? 0) * a.fit || b.fit - a.fit || (a.leadId < b.leadId ? -1 : 1));

export type MatrixShown = {
  readonly all: readonly Placed[];
  readonly top: readonly Placed[];
  readonly lines: Lines;
  readonly names: (leadId: string) => string;
  /** Engine's clock. */
  readonly now: number;
};

export function matrixText({ all, top, lines, names: nameOf, now }: MatrixShown): string {
  const silent = all.filter(({ pain }) => pain === undefined).length;
  const sums = quadrants.map((quadrant) => [
    names[quadrant],
    all.filter((one) => quadrantOf(lines, one) === quadrant).length.toLocaleString('en'),
    lines.quadrants?.[quadrant] ?? '',
  ]);
  const who = top.map((one) => {
    const { is, from } = painRow(one.pain);
    const age = one.pain === undefined ? '' : `${from}, ${span(now - one.pain.at)} ago`;
    return [nameOf(one.leadId) === '' ? one.leadId : nameOf(one.leadId), is, age, one.fit, one.persona ?? ''];
  });
  return blocks(
    `${count(all.length, 'person', 'people')}; of ${silent.toLocaleString('en')} nobody has said yet how much it hurts ("?").`,
    picture(all, lines),
    table(['quadrant', { title: 'people', align: 'right' }, { title: '', flexible: true }], sums),
    top.length === 0
      ? undefined
      : section(
          'Furthest up and right',
          table(
            [
              { title: 'who', flexible: true },
              'pain',
              'from',
              { title: 'fit', align: 'right' },
              { title: 'nearest persona', flexible: true },
            ],
            who,
          ),
        ),
  );
}
