/** `ripen engage`: publishes one engagement event, as any other system would. */
import { randomUUID } from 'node:crypto';
import { engagementTypes } from '../../events/engagement';
import type { Who } from '../../events/engagement';
import { NatsAway } from '../../events/ports';
import { publishEvent } from '../../events/publish-event';
import type { Context, Outcome } from '../ports';
import { checkEvent, eventType, fieldsOf } from '../event-fields';
import { Refusal, refusalOf } from '../refusal';
import { collect, momentOf, verb } from '../verb';
import type { Cli } from '../verb';
import { eventWord } from '../../workflows/speech/words';

type Options = { readonly data?: Readonly<Record<string, string>>; readonly at?: string; readonly id?: string };
const source = '/ripen/cli';

const typeList = Object.entries(engagementTypes)
  .map(([type, fields]) => {
    const names = Object.entries(fields).map(([name, kind]) => (String(kind).endsWith('?') ? `[${name}]` : name));
    return `  ${type.padEnd(24)}${names.join(' ')}`.trimEnd();
  })
  .join('\n');

export const addEngage = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'engage <who> <type>',
      does: 'Tell the engine that a person did something: publish one event.',
      examples: [
        'engage asha@example.com form.submitted --data form=demo',
        'engage asha@example.com webinar.attended --data webinar=planning --data minutes=40 --at 2026-11-02T15:00:00Z',
      ],
      more: `WHO is a lead id, an e-mail address or a phone number (with +). Types and what they carry ([...] may be left out):\n${typeList}`,
    },
    (command) =>
      command
        .option('--data <name=value>', 'what the event carries; repeat for more', collect)
        .option('--at <moment>', 'when it happened; now if not given')
        .option('--id <id>', "the event's own id: the same id again counts once"),
    engage,
  );

async function engage(context: Context, options: Options, who = '', type = ''): Promise<Outcome> {
  const known = eventType(type);
  const data = { who: whoOf(who), ...fieldsOf(known, options.data ?? {}) };
  checkEvent(known, data);
  const id = options.id ?? randomUUID();
  const time = options.at === undefined ? {} : { time: new Date(momentOf(options.at, '--at')).toISOString() };
  const stream = await context.stream();
  const event = { specversion: '1.0', id, source, type, ...time, data };
  const ack = await publishEvent(stream, context.secret, event).catch((error: unknown) => {
    throw error instanceof NatsAway ? refusalOf('facts-away', `The event was not stored: ${error.message}`) : error;
  });
  const person = await isKnown(context, who);
  const says = ack.duplicate
    ? `Event ${id} was published before; nothing is counted twice.`
    : `Published ${eventWord(type, options.data)} by ${who}.`;
  const unknown =
    person === false ? ` Nobody is known as ${who}: unless the person is imported, the event ends in \`ripen rejected list\`.` : '';
  return {
    says: `${says}${unknown}`,
    json: { ok: true, id, type, duplicate: ack.duplicate, seq: ack.seq, ...(person === undefined ? {} : { known: person }) },
  };
}

/** `+44 …` is a phone number, whatever has an @ an address, all else a lead id. */
function whoOf(who: string): Who {
  if (who.includes('@')) return { email: who.trim() };
  return /^\+[\d\s().-]{6,}$/.test(who) ? { phone: who.trim() } : { lead: who.trim() };
}

/** `undefined`: the people store does not answer; the event is stored all the same. */
async function isKnown(context: Context, who: string): Promise<boolean | undefined> {
  try {
    return (await context.people('find', { who })).person !== undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Whether ${who} is known cannot be said now. ${error.message}`);
    return undefined;
  }
}
