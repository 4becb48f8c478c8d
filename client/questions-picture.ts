/** People's answers compared with the customer persona's on a terminal: the sums there are, and question by question. Knows no rules. */
import type { QuestionsModel } from '../workflows/core/model';
import type { Part } from '../workflows/core/state';
import { blocks, columnsOf, count, section, table } from './print';

/** `score`: the sum, points. */
export type Answered = { readonly leadId: string; readonly score: number; readonly grade: string; readonly parts: readonly Part[] };

/** Highest sum first. */
export const inRank = (all: readonly Answered[]): readonly Answered[] =>
  all.toSorted((a, b) => b.score - a.score || (a.leadId < b.leadId ? -1 : 1));

/** Wider answers are cut, so that every question has a column of its own. */
const widest = 16;
const cut = (text: string): string => (columnsOf(text) > widest ? `${text.slice(0, widest - 1)}…` : text);

const answered = ({ is, points }: Part): string => `${is === undefined ? '?' : cut(String(is))} ${points > 0 ? '+' : ''}${points / 1000}`;

/** How many have which sum, as bars. */
function sums(all: readonly Answered[]): string {
  const people = new Map<number, number>();
  for (const { score } of all) people.set(score, (people.get(score) ?? 0) + 1);
  const most = Math.max(...people.values(), 1);
  return [...people]
    .sort(([a], [b]) => b - a)
    .map(
      ([score, leads]) =>
        `${String(score).padStart(6)}  ${'█'.repeat(Math.max(1, Math.round((leads * 50) / most)))} ${leads.toLocaleString('en')}`,
    )
    .join('\n');
}

export function questionsText(
  model: QuestionsModel,
  all: readonly Answered[],
  top: readonly Answered[],
  nameOf: (leadId: string) => string,
): string {
  const asked = model.questions.map(({ id, says, trait, best }) => {
    const parts = all.map(({ parts: given }) => given.find(({ part }) => part === id));
    const persona = parts.filter((part) => part?.is !== undefined && best.includes(String(part.is))).length;
    return [
      id,
      says,
      trait,
      best.join(', '),
      persona.toLocaleString('en'),
      parts.filter((part) => part?.is === undefined).length.toLocaleString('en'),
    ];
  });
  const right = (title: string) => ({ title, align: 'right' }) as const;
  const flexible = (title: string) => ({ title, flexible: true }) as const;
  return blocks(
    `${count(all.length, 'person', 'people')} by ${model.id}@${model.version}; the best answer is worth ${model.best}.`,
    section(
      'Questions',
      table(['', flexible('asks'), 'by', flexible('the customer persona'), right('as best'), right('not known')], asked),
    ),
    all.length === 0 ? undefined : section('People by their sum', sums(all)),
    top.length === 0
      ? undefined
      : section(
          'Closest to the customer persona',
          table(
            [flexible('who'), right('sum'), 'grade', ...model.questions.slice(0, 4).map(({ id }) => id)],
            top.map(({ leadId, score, grade, parts }) => [
              nameOf(leadId) === '' ? leadId : nameOf(leadId),
              score,
              grade,
              ...model.questions.slice(0, 4).map(({ id }) => {
                const part = parts.find((one) => one.part === id);
                return part === undefined ? '' : answered(part);
              }),
            ]),
          ),
        ),
  );
}
