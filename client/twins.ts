/** Deeds that two leads of one person both hold: the same thing, done once, told of each under an id of its own. Pure. */
import type { StrippedEvent } from '../events/stripped';
import type { Fact } from '../workflows/core';
import { eventsIn, retraction } from '../workflows/core/recorded';

/** So far apart two systems may stamp one deed: a minute. */
const apartMs = 60_000;

export type Twin = { readonly kept: StrippedEvent; readonly twice: StrippedEvent };

/** Each of the second lead's at most once, and each of the first's has one twin at most. Those under the same id count once by themselves. */
export function twinsOf(first: readonly Fact[], second: readonly Fact[]): readonly Twin[] {
  const theirs = eventsIn(second).filter(isDeed);
  const ids = new Set(theirs.map(({ id }) => id));
  const free = eventsIn(first).filter((one) => isDeed(one) && !ids.has(one.id));
  return theirs.flatMap((twice): readonly Twin[] => {
    const at = free.findIndex((kept) => isSame(kept, twice));
    const [kept] = at < 0 ? [] : free.splice(at, 1);
    return kept === undefined ? [] : [{ kept, twice }];
  });
}

const isDeed = ({ actor, type }: StrippedEvent): boolean => actor === 'human' && type !== retraction;

const isSame = (a: StrippedEvent, b: StrippedEvent): boolean =>
  a.type === b.type && a.content === b.content && Math.abs(a.occurredAt - b.occurredAt) <= apartMs && told(a) === told(b);
const told = ({ data }: StrippedEvent): string => JSON.stringify(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)));
