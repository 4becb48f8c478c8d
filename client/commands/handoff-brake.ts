/** `ripen handoff held|release|drop`: the hand-offs that the brake holds, and the operator's answer. */
import type { Command } from 'commander';
import type { HeldHandOff } from '../../events/scoring-requests';
import type { Command as Word } from '../../workflows/core';
import { inParallel } from '../in-parallel';
import { findLead } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { noSuchThing, wrongUsage } from '../refusal';
import { tell } from '../say';
import { authored, authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Answering = Authored & { readonly all?: boolean; readonly rule?: string; readonly dryRun?: boolean };

const texts = {
  release: 'Let hand-offs that the brake holds go to the reps.',
  drop: 'Do not give hand-offs that the brake holds to sales; the people go back to nurture.',
} as const;

export function addHandOffBrake(cli: Cli, parent: Command): void {
  verb(
    cli,
    {
      usage: 'held',
      does: 'Hand-offs that the brake holds, because an hour brought far more than usual.',
      examples: ['handoff held'],
      more: 'How many an hour may bring is `handOffBrake` in workflows/settings/workspace.yaml.',
    },
    (command) => command,
    held,
    parent,
  );
  for (const word of ['release', 'drop'] as const)
    verb<Answering>(
      cli,
      {
        usage: `${word} [lead]`,
        does: texts[word],
        examples: [`handoff ${word} asha@example.com`, `handoff ${word} --all --dry-run`],
        more: 'It may be broken off and repeated: who is not held any more is left alone.',
      },
      (command) =>
        authored(
          command
            .option('--all', 'every hand-off that is held')
            .option('--rule <name>', 'those of one rule, for example buyers-journey.scored')
            .option('--dry-run', 'say who it would be, and change nothing'),
        ),
      (context, options, who) => answer(context, word, options, who),
      parent,
    );
}

async function held(context: Context): Promise<Outcome> {
  const { held: rows, lastHour, mayBe } = await context.people('brake', {});
  return {
    says: blocks(
      rows.length === 0 ? 'The brake holds no hand-off.' : section(`The brake holds ${count(rows.length, 'hand-off')}`, heldTable(rows)),
      `The last hour brought ${lastHour}; up to ${mayBe} go without asking.`,
      rows.length === 0
        ? undefined
        : 'Answer with `ripen handoff release --all` or `ripen handoff drop --all`, or name a lead or a --rule.',
    ),
    json: { ok: true, held: rows, lastHour, mayBe },
  };
}

const heldTable = (rows: readonly HeldHandOff[]): string =>
  table(
    ['lead', { title: 'who', flexible: true }, 'rule', 'held since'],
    rows.map(({ leadId, name, rule, heldAt }) => [leadId, name, rule, date(heldAt)]),
  );

const atOnce = 8;

async function answer(context: Context, word: 'release' | 'drop', options: Answering, who: string | undefined): Promise<Outcome> {
  if ([who, options.all, options.rule].filter((one) => one !== undefined).length !== 1)
    throw wrongUsage('Say which: a lead, --all or --rule NAME, one of them.');
  const chosen = await wanted(context, options, who);
  if (options.dryRun === true)
    return {
      says: blocks(chosen.length === 0 ? 'Nobody.' : heldTable(chosen), 'This was a dry run: nothing was changed.'),
      json: { ok: true, dryRun: true, handOffs: chosen },
    };
  const progress = context.progress(word === 'release' ? 'Releasing' : 'Dropping', chosen.length);
  let done = 0;
  const refused: { readonly leadId: string; readonly says: string }[] = [];
  await inParallel(chosen, atOnce, async (one) => {
    const says = await (word === 'release' ? release : drop)(context, one, options);
    if (says !== undefined) refused.push({ leadId: one.leadId, says });
    progress.at((done += 1));
  });
  progress.end();
  const changed = chosen.length - refused.length;
  return {
    says: blocks(
      `${word === 'release' ? 'Released' : 'Dropped'}: ${count(changed, 'hand-off')}.`,
      refused.length === 0
        ? undefined
        : table(
            ['lead', { title: 'answer', flexible: true }],
            refused.map(({ leadId, says }) => [leadId, says]),
          ),
    ),
    json: { ok: refused.length === 0, [word === 'release' ? 'released' : 'dropped']: changed, refused },
    exit: refused.length === 0 ? 0 : 1,
  };
}

async function wanted(context: Context, { rule }: Answering, who: string | undefined): Promise<readonly HeldHandOff[]> {
  const { held: rows } = await context.people('brake', {});
  if (who !== undefined) {
    const { leadId } = await findLead(context, who);
    const mine = rows.filter((row) => row.leadId === leadId);
    if (mine.length === 0) throw noSuchThing(`The brake holds no hand-off of ${who}. See \`ripen handoff held\`.`);
    return mine;
  }
  return rule === undefined ? rows : rows.filter((row) => row.rule === rule || row.rule.endsWith(`.${rule}`));
}

/** The store first: the lead then asks for a rep at once, and by itself within a day if it cannot be told now. `undefined`: done. */
async function release(context: Context, { leadId, handOff }: HeldHandOff, options: Answering): Promise<string | undefined> {
  await context.people('brakeAnswer', { as: 'released', handOffs: [{ leadId, handOff }], by: authorOf(context, options) });
  return refusalIn(context, leadId, { word: 'nudge' }, { ...options, because: options.because ?? 'released from the brake' });
}

/** The lead first: what is not recorded there must stay on the list. */
async function drop(context: Context, { leadId, handOff }: HeldHandOff, options: Answering): Promise<string | undefined> {
  const says = await refusalIn(
    context,
    leadId,
    { word: 'reject', handOff },
    { ...options, because: options.because ?? 'dropped at the brake' },
  );
  // "It is closed": the lead is right, and only the list was late.
  if (says === undefined || says.includes('is closed'))
    await context.people('brakeAnswer', { as: 'dropped', handOffs: [{ leadId, handOff }], by: authorOf(context, options) });
  return says;
}

async function refusalIn(context: Context, leadId: string, word: Word, options: Answering): Promise<string | undefined> {
  const { answer: said } = await tell(context, leadId, word, options);
  return said.ok ? undefined : said.says;
}
