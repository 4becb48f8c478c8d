/** One page about an edit of a sequence that a marketer can sign off: Markdown for a pull request. Knows no command and asks nobody. */
import type { ContentPiece } from '../events/templates';
import type { Plan } from '../workflows/core';
import type { Report } from '../workflows/core/simulate/report';
import { everyTouch } from '../workflows/core/steps';
import type { Sums } from '../workflows/foresight/compare';
import { drawPlan } from '../workflows/speech/draw-plan';
import { changesOf } from '../workflows/speech/plan-changes';
import type { Change } from '../workflows/speech/plan-changes';
import type { Group } from './live-enrolments';

export type Review = {
  readonly before: Plan;
  readonly after: Plan;
  /** Newest first where an id comes twice. */
  readonly pieces: readonly ContentPiece[];
  /** The same made-up people through both. */
  readonly simulated: { readonly before: Report; readonly after: Report };
  /** `undefined` where nobody could be asked. */
  readonly people?: readonly Group[] | undefined;
  /** The real history run again as it was and with the change. */
  readonly history?: { readonly sinceDay: string; readonly again: Sums; readonly would: Sums } | undefined;
};

export function reviewPage(review: Review): string {
  const { before, after } = review;
  const changes = changesOf(before, after);
  return [
    `# ${name(before)} → ${name(after)}`,
    summary(review, changes),
    '## What changes',
    changes.length === 0 ? 'Nothing.' : changes.map(changeSays).join('\n'),
    '## Mails concerned',
    mails(review, changes),
    '## What it would send',
    volumes(review),
    ...(review.history === undefined ? [] : [history(review.history)]),
    '## People on it now',
    peopleSays(review),
    '## Pictures',
    picture(before),
    picture(after),
    '## Sign-off',
    '- [ ] The words are right (marketing)\n- [ ] The hand-offs are right (sales)\n- [ ] Who is on it now stays or is moved as wanted',
  ].join('\n\n');
}

const name = ({ id, version }: Plan): string => `${id}@${version}`;
const picture = (plan: Plan): string => `${name(plan)}\n\n\`\`\`mermaid\n${drawPlan(plan)}\n\`\`\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

function summary({ people, simulated }: Review, changes: readonly Change[]): string {
  const now = people?.reduce((sum, { leads }) => sum + leads, 0);
  const each = (report: Report): string => (report.touches / Math.max(1, report.leads)).toFixed(1);
  return [
    `${changes.length} ${changes.length === 1 ? 'sentence differs' : 'sentences differ'}.`,
    now === undefined ? 'How many people are on it now could not be asked.' : `${now} ${now === 1 ? 'person is' : 'people are'} on it now.`,
    `In simulation a person gets ${each(simulated.before)} messages before and ${each(simulated.after)} after.`,
  ].join(' ');
}

function changeSays(change: Change): string {
  if (change.as === 'changed') return `- before: ${change.before}\n  after: ${change.after}`;
  return `- ${{ added: 'new', removed: 'gone', moved: 'moved' }[change.as]}: ${change.says}`;
}

/** Every message that a change is about, with its words. */
function mails({ before, after, pieces }: Review, changes: readonly Change[]): string {
  const told = new Map([...everyTouch(before), ...everyTouch(after)].map(({ step }) => [step.id, step]));
  const concerned = [...told.values()].filter(({ id }) => changes.some(({ at }) => at.endsWith(`.${id}`)));
  if (concerned.length === 0) return 'No message changes.';
  return concerned
    .flatMap(({ id, content, variants }) => {
      const wanted = content ?? id;
      const ids = variants === undefined ? [wanted] : Object.keys(variants).map((variant) => `${wanted}.${variant}`);
      return ids.map((one) =>
        mail(
          one,
          pieces.find((piece) => piece.id === one),
        ),
      );
    })
    .join('\n\n');
}

function mail(id: string, piece: ContentPiece | undefined): string {
  if (piece === undefined) return `**${id}**: its content is not in this installation.`;
  const text = piece.template
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `**${id}** (${piece.kind}${piece.stage === undefined ? '' : `, ${piece.stage}`}, version ${piece.version}): ${piece.subject}\n\n${text}`;
}

function volumes({ before, after, simulated }: Review): string {
  const { before: was, after: will } = simulated;
  const [leftThen, leftNow] = [was.left[before.id] ?? {}, will.left[after.id] ?? {}];
  const reasons = Object.keys({ ...leftThen, ...leftNow });
  const rows: (readonly [string, number | string, number | string])[] = [
    ['messages', was.touches, will.touches],
    ['hand-offs to sales', was.handOffs, will.handOffs],
    ['customers', was.reached['customer'] ?? 0, will.reached['customer'] ?? 0],
    ['most messages on one day', mostOn(was), mostOn(will)],
    ...reasons.sort().map((why) => [`left: ${why}`, leftThen[why] ?? 0, leftNow[why] ?? 0] as const),
    ['messages nobody got', was.nobody.length, will.nobody.length],
  ];
  return [
    `${was.leads} made-up people over ${was.days} days, the same in both (seed ${was.seed}).`,
    [
      `| | ${name(before)} | ${name(after)} |`,
      '| --- | ---: | ---: |',
      ...rows.map(([what, a, b]) => `| ${cell(what)} | ${a} | ${b} |`),
    ].join('\n'),
  ].join('\n\n');
}

const mostOn = ({ perDay }: Report): number => {
  const marketing = perDay['marketing'] ?? [];
  return marketing.reduce((most, sent, day) => Math.max(most, sent + (perDay['service']?.[day] ?? 0)), 0);
};
const history = ({ sinceDay, again, would }: NonNullable<Review['history']>): string =>
  `Over the real history since ${sinceDay}, run again for ${again.leads} ${again.leads === 1 ? 'person' : 'people'}: ` +
  `${again.mails} messages as it was, ${would.mails} with the change; ${again.handOffs} hand-offs as it was, ${would.handOffs} with the change.`;

function peopleSays({ before, after, people }: Review): string {
  if (people === undefined) return 'Nothing runs here, so nobody could be asked. `ripen sequences diff` says it where the engine runs.';
  if (people.length === 0) return `Nobody is on ${name(before)}.`;
  return [
    `They stay on ${name(before)} unless moved with \`ripen sequences upgrade ${name(after)}\`. Moved at once, they would go on like this:`,
    [
      '| stands at | would stand at | people |',
      '| --- | --- | ---: |',
      ...people.map(({ now, there, leads }) => `| ${cell(now)} | ${cell(there)} | ${leads} |`),
    ].join('\n'),
  ].join('\n\n');
}
