/** `ripen preview`: what a sequence of this installation would send one person, and when, and why not. Needs nothing that runs. */
import { initial } from '../../workflows/core';
import { goodWorld } from '../../workflows/foresight/provider';
import { openScene } from '../../workflows/foresight/scene';
import type { Scene } from '../../workflows/foresight/scene';
import { aheadOf, aheadTable, totals } from '../ahead';
import { imaginedPerson } from '../imagined-person';
import { installed } from '../installed';
import type { Context, Outcome } from '../ports';
import { blocks, date } from '../print';
import { noSuchThing, wrongUsage } from '../refusal';
import { toldEvent } from '../told-events';
import type { ToldEvent } from '../told-events';
import { codeOf, collect, momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly lead?: string;
  readonly trait?: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
  readonly at?: string;
  readonly phase?: string;
  readonly event?: readonly ToldEvent[];
  readonly days?: string;
};

const usualDays = '90';

export const addPreview = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'preview <sequence>',
      does: 'What a sequence would send one person, when, and why not, if they do just what you say. Needs nothing that runs; no mail is sent.',
      examples: [
        'preview buyers-journey',
        'preview buyers-journey --trait industry=software --trait zone=Europe/Berlin --event "3 days: email.clicked touch=how-to-guide"',
        'preview trial-offer --event "0 minutes: trial.started" --days 30',
      ],
      more: 'The file of --lead is JSON: {"traits": {"industry": "software"}, "consent": "granted"}.',
    },
    (command) =>
      command
        .option('--lead <file>', 'the person: a file with traits and consent')
        .option(
          '--trait <name=value>',
          'what is known of the person (industry, seniority, size, country, zone, source); repeat for more',
          collect,
        )
        .option('--data <name=value>', 'a value of the enrolment; repeat for more', collect)
        .option('--at <moment>', 'when the person enters; now if not given')
        .option('--phase <name>', 'enter in this phase')
        .option(
          '--event <text>',
          'what the person does so long after the entry: "3 days: form.submitted form=demo"; repeat for more',
          gather,
        )
        .option('--days <number>', 'look so far ahead', usualDays),
    async (context, options, sequence) => preview(context, options, sequence),
  );

const gather = (text: string, before: readonly ToldEvent[] = []): readonly ToldEvent[] => [...before, toldEvent(text)];

function preview(context: Context, options: Options, sequence = ''): Outcome {
  const published = installed(context, [sequence]);
  const found = published.currentPlan(sequence);
  if (found === undefined) throw noSuchThing(`There is no sequence "${sequence}" in this installation. See \`ripen sequences list\`.`);
  if (options.phase !== undefined && found.plan.phases[options.phase] === undefined)
    throw noSuchThing(`${sequence} has no phase "${options.phase}"; it has ${Object.keys(found.plan.phases).join(', ')}.`);
  const startAt = options.at === undefined ? context.now() : momentOf(options.at, '--at');
  const until = startAt + wholeNumber(options.days ?? usualDays, '--days') * 86_400_000;
  const events = [...(options.event ?? [])].sort((a, b) => a.afterMs - b.afterMs);
  const late = events.find(({ afterMs }) => startAt + afterMs > until);
  if (late !== undefined) throw wrongUsage(`--event "${late.text}" is later than --days ${options.days ?? usualDays}.`);
  const scene = openScene({ published, state: initial('preview'), startAt, provider: goodWorld(published, ['a rep', 'the next rep']) });
  begin(scene, options, `${found.plan.id}@${found.plan.version}`, found.plan.on !== undefined && events[0]?.afterMs === 0);
  events.forEach((event, at) => {
    scene.pass(startAt + event.afterMs);
    scene.give(event.inputIn(scene, idOf(at + 2)));
  });
  scene.pass(until);
  const ahead = aheadOf(scene.facts());
  const { sent, notSent, says } = totals(ahead);
  return {
    says: blocks(
      `${found.plan.id}@${found.plan.version} from ${date(startAt)}, ${options.days ?? usualDays} days ahead`,
      aheadTable(ahead, startAt),
      says,
    ),
    json: { ok: true, sequence: found.ref, from: startAt, until, sent, notSent, ahead },
  };
}

/** Somebody who is enrolled by hand; where an event at the very beginning enrols by itself, that is left to it. */
function begin(scene: Scene, options: Options, sequence: string, byEvent: boolean): void {
  const { traits, consent } = imaginedPerson(options.lead, options.trait);
  scene.give({ kind: 'profiled', id: 'p1', version: 1, occurredAt: scene.now(), traits, consent: { email: consent } });
  if (byEvent) return;
  const data = Object.fromEntries(Object.entries(options.data ?? {}).map(([name, value]) => [name, codeOf(value)]));
  const command = { word: 'enrol', sequence, data, ...(options.phase === undefined ? {} : { phase: options.phase }) } as const;
  scene.give({ kind: 'command', id: idOf(1), command, by: 'a marketer', because: '' });
}

const idOf = (serial: number): string => `v${String(serial).padStart(10, '0')}`;
