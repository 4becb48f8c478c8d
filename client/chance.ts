/** What predictive models say of a lead: the chance, what raises and lowers it in words, and when. Pure; counts nothing anew: it is what was recorded. */
import { readScore } from '../workflows/core';
import type { LeadState, Published } from '../workflows/core';
import { wholeParts } from '../workflows/core/foreseen';
import { bandOf } from '../workflows/core/predict';
import type { WhenBand } from '../workflows/core/predict';
import { partWord } from '../workflows/speech/fact-words';
import { blocks, section, table, wrapped } from './print';
import { daysText } from './score-words';

export type Chance = {
  readonly model: string;
  readonly ref: string;
  readonly decides: boolean;
  /** 1 .. 100. */
  readonly percent: number;
  /** Of everybody, before anything is known of them. */
  readonly usual: number;
  /** Strongest first; `percent`: by how much each moves the chance. */
  readonly reasons: readonly { readonly says: string; readonly percent: number }[];
  readonly withinDays?: number;
  readonly when?: WhenBand;
};

/** One a predictive model that has scored the lead. */
export const chancesOf = (published: Published | undefined, { scores }: LeadState): readonly Chance[] =>
  Object.entries(scores).flatMap(([id, aggregate]): readonly Chance[] => {
    const model = published?.model(aggregate.model) ?? published?.currentModel(id)?.model;
    if (published === undefined || model?.kind !== 'predictive' || !aggregate.seen) return [];
    const { artefact } = model;
    const parts = aggregate.parts ?? [];
    const when = bandOf(artefact, aggregate.total / 100_000);
    return [
      {
        model: id,
        ref: aggregate.model,
        decides: published.settings.model === id,
        percent: readScore(aggregate),
        usual: percentOf(parts.find(({ part }) => part === wholeParts.base)?.points ?? 0),
        reasons: parts
          .filter(({ part }) => part !== wholeParts.base && part !== wholeParts.rest)
          .map((part) => ({ says: partWord(part), percent: percentOf(part.points) }))
          .sort((a, b) => Math.abs(b.percent) - Math.abs(a.percent)),
        ...(artefact.withinDays === undefined ? {} : { withinDays: artefact.withinDays }),
        ...(when === undefined ? {} : { when }),
      },
    ];
  });

/** Thousandths of a point as percent, to the tenth. */
const percentOf = (points: number): number => Math.round(points / 100) / 10;

export function chanceText({ model, decides, percent, usual, reasons, withinDays, when }: Chance): string {
  const time = withinDays === undefined ? '' : ` within ${withinDays} days of arriving`;
  return section(
    decides ? `Score ${percent}: the chance by ${model}` : `Chance ${percent}% by ${model} (does not decide)`,
    blocks(
      wrapped(
        `Of a hundred people like this one about ${percent} become customers${time}; of a hundred of all, ${usual}.${when === undefined ? '' : ` Of those who do, eight of ten take ${daysText(when)}.`}`,
      ),
      reasons.length === 0
        ? 'Nothing is known of the person that tells them from everybody.'
        : table(
            [
              { title: 'because', flexible: true },
              { title: 'chance', align: 'right' },
            ],
            reasons.map(({ says, percent: by }) => [says, `${by > 0 ? '+' : ''}${by.toFixed(1)}%`]),
          ),
    ),
  );
}
