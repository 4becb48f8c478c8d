/** `ripen merge`: two leads that a person found to be one become one: contacts and consent, what they did, what they were sent, where they are. */
import { createHash } from 'node:crypto';
import { fold, initial, type Command, type Fact, type LeadState } from '../../workflows/core';
import { eventsIn } from '../../workflows/core/recorded';
import { findLead, findLeadOrId, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { count, wrapped } from '../print';
import { failed, Refusal, sentence, wrongUsage } from '../refusal';
import { tell } from '../say';
import { twinsOf } from '../twins';
import { authorOf, verb } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly dryRun?: boolean; readonly yes?: boolean; readonly by?: string; readonly because?: string };

export const addMerge = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'merge <into> <from>',
      does: 'Make one lead of two that are one person. The first stays; it gets the contacts, deeds and sequences of the second. The stricter consent counts.',
      examples: ['merge asha@example.com asha.rao@example.com --dry-run', 'merge asha@example.com asha.rao@example.com --yes'],
      more: 'See who may be one with `ripen duplicates`. It cannot be taken back. If it breaks off, repeat it with the lead ids.',
    },
    (command) =>
      command
        .option('--dry-run', 'say what would happen and change nothing')
        .option('--yes', 'yes, they are one person')
        .option('--because <text>', 'why; kept in the history')
        .option('--by <name>', 'who does this; your user name if not given'),
    merge,
  );

async function merge(context: Context, options: Options, into?: string, from?: string): Promise<Outcome> {
  if ((options.yes === true) === (options.dryRun === true))
    throw wrongUsage('It cannot be taken back. Look first with --dry-run, then say --yes.');
  const winner = await findLead(context, into);
  const loser = await findLeadOrId(context, from);
  if (winner.leadId === loser.leadId) throw wrongUsage('That is one lead already.');
  const facts = (await context.facts(loser.leadId)).filter(({ type }) => type !== 'LeadErased');
  const twice = twinsOf(await context.facts(winner.leadId), facts).length;
  const state = fold(initial(loser.leadId), facts);
  const json = {
    ok: true,
    into: winner.leadId,
    from: loser.leadId,
    events: eventsIn(facts).length,
    twice,
    sequences: openIn(state).map(({ sequence }) => sequence),
  };
  const what = `${count(json.events, 'thing')} they did${twice === 0 ? '' : ` (${twice} of them told of both, which count once)`}, ${count(hadIn(facts).length, 'piece')} of content they had, ${count(json.sequences.length, 'sequence')} they are in`;
  if (options.dryRun === true)
    return {
      says: wrapped(`${nameOfPerson(loser)} would become ${nameOfPerson(winner)}, with ${what}. Nothing was changed.`),
      json: { ...json, dryRun: true },
    };
  await merged(context, options, { winner: winner.leadId, loser: loser.leadId, facts, state });
  return { says: wrapped(`${nameOfPerson(loser)} is ${nameOfPerson(winner)} from now on (${winner.leadId}), with ${what}.`), json };
}

type Merging = { readonly winner: string; readonly loser: string; readonly facts: readonly Fact[]; readonly state: LeadState };

/** Who it is is settled first: from then on nothing reaches the second lead. Each step may be repeated. */
async function merged(context: Context, options: Options, { winner, loser, facts, state }: Merging): Promise<void> {
  const by = authorOf(context, options);
  const because = options.because ?? `${loser} is the same person`;
  const steps: string[] = [];
  try {
    await context.people('hold', { leadId: loser, held: true, by });
    await context.people('merge', { into: winner, from: loser, by });
    steps.push('their contacts are one');
    if ((await context.facts(loser)).at(-1)?.type !== 'LeadErased')
      await tell(context, loser, { word: 'erase' }, { by, because: `merged into ${winner}` });
    steps.push('the second lead has ended');
    await bringDeeds(context, winner, facts);
    for (const [name, command] of await wordsFor(context, winner, loser, facts, state)) {
      const { answer } = await tell(context, winner, command, { by, because, id: idOf(loser, name) });
      if (!answer.ok && command.word === 'absorb') throw failed(answer.says);
      if (!answer.ok) context.warn(`${name}: ${answer.says}`);
    }
  } catch (error) {
    if (!(error instanceof Refusal) || steps.length === 0) throw error;
    throw new Refusal(
      `${sentence(error.message)} So far: ${steps.join(', ')}. Repeat it to finish: ripen merge ${winner} ${loser} --yes`,
      error.exit,
      error.code,
    );
  }
}

const atOnce = 100;

/** The same events under the same ids: points come to what they were for both together, in whatever order. */
async function bringDeeds(context: Context, winner: string, facts: readonly Fact[]): Promise<void> {
  const leads = await context.leads();
  const inputs = eventsIn(facts).map((event) => ({ kind: 'engaged' as const, id: event.id, event }));
  for (let from = 0; from < inputs.length; from += atOnce) await leads.deliver(winner, inputs.slice(from, from + atOnce));
}

/** What the first lead is told once it knows the events: what it was sent as the second, what stops it, where it goes on. */
async function wordsFor(
  context: Context,
  winner: string,
  loser: string,
  facts: readonly Fact[],
  state: LeadState,
): Promise<readonly (readonly [name: string, command: Command])[]> {
  const { n, digest } = (await context.position(loser)) ?? { n: 0, digest: '' };
  const ours = await context.facts(winner);
  const own = new Set(openIn(fold(initial(winner), ours)).map(({ sequence }) => sequence));
  return [
    ['absorb', { word: 'absorb', from: loser, throughN: n, digest, had: hadIn(facts) }],
    // Once they are recorded: what both told of counts once.
    ...twinsOf(ours, facts).map(({ twice }) => [`twice ${twice.id}`, { word: 'retract', event: twice.id }] as const),
    ...Object.keys(state.suppressed).map((channel) => [`suppress ${channel}`, { word: 'suppress', channel: channel as 'all' }] as const),
    ...openIn(state)
      .filter(({ sequence }) => !own.has(sequence))
      .map(({ id, ref, phase, campaign }) => {
        const sequence = ref.split('#')[0] ?? ref;
        return [`enrol ${id}`, { word: 'enrol', sequence, phase, ...(campaign === undefined ? {} : { campaign }) }] as const;
      }),
  ];
}

type Open = { readonly id: string; readonly sequence: string; readonly ref: string; readonly phase: string; readonly campaign?: string };
const openIn = (state: LeadState): readonly Open[] =>
  Object.entries(state.enrolments).map(([id, { sequence: ref, phase, campaign }]) => ({
    id,
    ref,
    phase,
    sequence: ref.split('@')[0] ?? ref,
    ...(campaign === undefined ? {} : { campaign }),
  }));

/** Content they had, or may have had, and when last. */
function hadIn(facts: readonly Fact[]): readonly (readonly [content: string, at: number])[] {
  const had = new Map<string, number>();
  for (const fact of facts) if (fact.type === 'TouchSent') had.set(fact.content.split('@')[0] ?? fact.content, fact.occurredAt);
  return [...had];
}

/** The same word for the same merge, however often it is repeated. */
const idOf = (loser: string, name: string): string =>
  createHash('sha256').update(`merge ${loser} ${name}`).digest('base64url').slice(0, 11);
