/** `ripen calendar`: what every live lead will get in the days to come, if nobody does anything; what collides, and who in sales has how much. */
import { fold, initial, UnknownRef, WakeStuck } from '../../workflows/core';
import type { Fact, Published } from '../../workflows/core';
import { addLead, emptyCalendar, nobody } from '../../workflows/foresight/calendar';
import type { Calendar, Day } from '../../workflows/foresight/calendar';
import { heldWord } from '../../workflows/speech/words';
import { goodWorld } from '../../workflows/foresight/provider';
import { openScene } from '../../workflows/foresight/scene';
import { everyLeadId, forEveryLead } from '../every-lead';
import { repNames } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table } from '../print';
import { publishedView } from '../published';
import { failed, wrongUsage } from '../refusal';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly next: string; readonly capacity?: string };
const dayMs = 86_400_000;
const mostDays = 366;

export const addCalendar = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'calendar',
      does: 'What all people will be sent in the days to come if nobody does anything: mails per day, what must wait, what collides, hand-offs per rep.',
      examples: ['calendar', 'calendar --next "28 days" --capacity 15 --json'],
    },
    (command) =>
      command
        .option('--next <days>', 'how far to look, for example "14 days"', '14 days')
        .option('--capacity <number>', 'how many open hand-offs one rep can carry; who has more is marked'),
    calendar,
  );

async function calendar(context: Context, options: Options): Promise<Outcome> {
  const days = daysOf(options.next);
  const capacity = options.capacity === undefined ? undefined : wholeNumber(options.capacity, '--capacity');
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const from = context.toEngine(context.now());
  const made = await look(context, published, from, from + days * dayMs);
  const reps = await repNames(context);
  return told(made.calendar, made.skipped, { from, days, capacity, rep: (id) => (id === nobody ? id : reps.of(id)) });
}

function daysOf(text: string): number {
  const match = /^(\d+) (day|week)s?$/.exec(text);
  const days = match === null ? 0 : Number(match[1]) * (match[2] === 'week' ? 7 : 1);
  if (days >= 1 && days <= mostDays) return days;
  throw wrongUsage(`--next "${text}" should be days or weeks, at most ${mostDays} days: write for example "14 days".`);
}

async function look(
  context: Context,
  published: Published,
  from: number,
  until: number,
): Promise<{ readonly calendar: Calendar; readonly skipped: number }> {
  const made = emptyCalendar();
  let skipped = 0;
  await forEveryLead(context, 'Looking ahead', await everyLeadId(context), (leadId, facts) => {
    const state = fold(initial(leadId), facts);
    if (state.erased === true) return;
    try {
      addLead(made, state, aheadOf(published, leadId, facts, from, until), until, (at) => Math.floor((at - from) / dayMs));
    } catch (error) {
      if (!(error instanceof UnknownRef || error instanceof WakeStuck)) throw error;
      skipped += 1;
    }
  });
  return { calendar: made, skipped };
}

function aheadOf(published: Published, leadId: string, facts: readonly Fact[], from: number, until: number): readonly Fact[] {
  const state = fold(initial(leadId), facts);
  const scene = openScene({ published, state, startAt: Math.max(from, state.at), provider: goodWorld(published, [nobody]) });
  scene.pass(until);
  return scene.facts();
}

type Asked = { readonly from: number; readonly days: number; readonly capacity: number | undefined; readonly rep: (id: string) => string };
const none: Day = { mails: 0, service: 0, held: 0, notSent: 0, handOffs: 0, repsDue: 0 };

function told(made: Calendar, skipped: number, { from, days, capacity, rep }: Asked): Outcome {
  const byDay = Array.from({ length: days }, (_, day) => ({
    day: new Date(from + day * dayMs).toISOString().slice(0, 10),
    ...(made.days[day] ?? none),
  }));
  const right = (title: string) => ({ title, align: 'right' as const });
  const reps = Object.entries(made.reps).map(([id, load]) => ({
    rep: rep(id),
    ...load,
    over: capacity !== undefined && id !== nobody && load.open > capacity,
  }));
  const collisions = Object.values(made.collisions).map(({ between, times, leads }) => ({ between, times, leads: leads.size }));
  const held = Object.entries(made.held).sort(([, a], [, b]) => b - a);
  return {
    says: blocks(
      `${count(made.leads, 'lead')}, ${made.leadsWithMail} of them get something in the next ${count(days, 'day')}, if nobody does anything:`,
      table(
        ['day', right('mails'), right('service'), right('must wait'), right('not sent'), right('hand-offs'), right('reps due')],
        byDay.map(({ day, mails, service, held: waits, notSent, handOffs, repsDue }) => [
          day,
          mails,
          service,
          waits,
          notSent,
          handOffs,
          repsDue,
        ]),
      ),
      held.length === 0
        ? undefined
        : section('Must wait', held.map(([because, times]) => `  ${times} times: ${heldWord(because)}`).join('\n')),
      collisions.length === 0
        ? undefined
        : section(
            'Want the same person at once, or more than the cap allows',
            table(
              [{ title: 'sequences', flexible: true }, right('people'), right('times')],
              collisions.map(({ between, leads, times }) => [between, leads, times]),
            ),
          ),
      reps.length === 0
        ? undefined
        : section(
            'Hand-offs that are open now',
            table(
              ['rep', right('open'), right('to accept'), right('to contact'), ''],
              reps.map(({ rep: name, open, toAccept, toContact, over }) => [
                name,
                open,
                toAccept,
                toContact,
                over ? `over ${capacity}` : '',
              ]),
            ),
          ),
      skipped === 0 ? undefined : `${count(skipped, 'lead')} left out: on a version that is not published, or stuck; see \`ripen stuck\`.`,
    ),
    json: {
      ok: true,
      leads: made.leads,
      leadsWithMail: made.leadsWithMail,
      days: byDay,
      mailsByContent: made.mailsByContent,
      held: made.held,
      collisions,
      reps,
      skipped,
    },
  };
}
