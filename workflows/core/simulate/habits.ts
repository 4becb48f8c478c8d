/** What a piece of content does to people: rates from the most special layer that names them, and the acts that may follow. Looked up once a piece. */
import type { Code } from '../../../events/stripped';
import { meets } from '../field-test';
import type { ContentInfo, Published } from '../plan';
import type { Act, Behaviour, Cause, MailLayer, MailRates } from './behaviour';

export type MailHabits = {
  readonly first: MailRates;
  readonly later: MailRates;
  readonly whenReceived: readonly Act[];
  readonly whenClicked: readonly Act[];
};

export type Habits = {
  readonly ofMail: (content: string) => MailHabits;
  readonly afterEvent: (type: string, data: Readonly<Record<string, Code>>) => readonly Act[];
  readonly whenJoined: readonly Act[];
  readonly byThemselves: readonly Act[];
};

const none: readonly Act[] = [];

export function habitsOf(behaviour: Behaviour, published: Published): Habits {
  const mails = new Map<string, MailHabits>();
  const events = new Map<string, readonly Act[]>();
  for (const { after } of behaviour.acts)
    if (after.by === 'did' && !events.has(after.event))
      events.set(
        after.event,
        behaviour.acts.filter((act) => act.after.by === 'did' && act.after.event === after.event),
      );
  return {
    ofMail(content) {
      const known = mails.get(content);
      if (known !== undefined) return known;
      const made = mailHabits(behaviour, content, published.content(content));
      mails.set(content, made);
      return made;
    },
    afterEvent(type, data) {
      const acts = events.get(type);
      return acts === undefined ? none : acts.filter(({ after }) => after.by === 'did' && matches(after.where, data));
    },
    whenJoined: behaviour.acts.filter(({ after }) => after.by === 'joined'),
    byThemselves: behaviour.acts.filter(({ after }) => after.by === 'themselves'),
  };
}

const matches = (where: Extract<Cause, { by: 'did' }>['where'], data: Readonly<Record<string, Code>>): boolean => {
  for (const field in where) {
    const test = where[field];
    if (test !== undefined && !meets(data[field], test)) return false;
  }
  return true;
};

/** An arm of a test (`pricing.story`) behaves like its piece (`pricing`) where nothing is said of it. */
const namesOf = (content: string): readonly string[] => {
  const dot = content.indexOf('.');
  return dot < 0 ? [content] : [content, content.slice(0, dot)];
};

function mailHabits({ mail, acts }: Behaviour, content: string, info: ContentInfo | undefined): MailHabits {
  const names = namesOf(content);
  const special: MailLayer = {
    ...(info?.stage === undefined ? {} : mail.stages[info.stage]),
    ...(info === undefined ? {} : mail.kinds[info.kind]),
    ...names.toReversed().reduce((layer, name) => ({ ...layer, ...mail.contents[name] }), {}),
  };
  const about = (by: 'clicked' | 'received') => acts.filter(({ after }) => after.by === by && isAbout(after, names, info));
  return {
    first: { ...mail.usual, ...mail.first, ...special },
    later: { ...mail.usual, ...special },
    whenReceived: about('received'),
    whenClicked: about('clicked'),
  };
}

/** A cause that names nothing is about every mail. */
function isAbout(cause: Extract<Cause, { by: 'clicked' | 'received' }>, names: readonly string[], info: ContentInfo | undefined): boolean {
  const { content, kind, stage } = cause;
  if (content !== undefined && !content.some((one) => names.includes(one))) return false;
  if (kind !== undefined && (info === undefined || !kind.includes(info.kind))) return false;
  return stage === undefined || (info?.stage !== undefined && stage.includes(info.stage));
}
