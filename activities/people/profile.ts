/** How a profile is stored, and how a newer list is laid over it. Knows no database. */
import { profileTexts, textNames, type Profile, type ProfileText } from '../../events/list/profile';

export type ProfileRow = { readonly [column: string]: unknown };

export function profileOf(row: ProfileRow): Profile {
  const texts = textNames.flatMap((field) => {
    const value = row[profileTexts[field]];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return {
    ...(Object.fromEntries(texts) as { readonly [F in ProfileText]?: string }),
    zoneGuessed: row['zone_guessed'] === true,
    customer: row['customer'] === true,
    extra: (row['extra'] ?? {}) as Readonly<Record<string, string>>,
  };
}

/** As columns of the table; absent texts are null. */
export const profileRecord = (profile: Profile): ProfileRow => ({
  ...Object.fromEntries(textNames.map((field) => [profileTexts[field], profile[field] ?? null])),
  zone_guessed: profile.zoneGuessed === true,
  customer: profile.customer === true,
  extra: profile.extra ?? {},
});
export const profileColumns: readonly string[] = [...Object.values(profileTexts), 'zone_guessed', 'customer', 'extra'];

const plainly = new Intl.Collator('en', { sensitivity: 'base' });
const same = (a: string, b: string): boolean => a === b || plainly.compare(a, b) === 0;

/**
 * `news` over `known`. Blanks are filled; where `replaces` says so a known value gives way to one that differs in more than case or accents.
 * `changed` = anything is other than before.
 */
export function mergeProfiles(
  known: Profile,
  news: Profile,
  replaces: (field: ProfileText | 'own') => boolean,
): { readonly profile: Profile; readonly changed: boolean } {
  const texts: { [F in ProfileText]?: string } = {};
  let changed = false;
  for (const field of textNames) {
    const before = known[field];
    const after = news[field];
    const guess = field === 'zone' && before !== undefined && known.zoneGuessed === true && news.zoneGuessed !== true;
    const takes =
      after !== undefined &&
      (before === undefined || guess || (replaces(field) && !(field === 'zone' && news.zoneGuessed === true) && !same(before, after)));
    const value = takes ? after : before;
    if (takes) changed = true;
    if (value !== undefined) texts[field] = value;
  }
  const extra = replaces('own') ? { ...known.extra, ...news.extra } : { ...news.extra, ...known.extra };
  if (Object.entries(extra).some(([name, value]) => known.extra?.[name] !== value)) changed = true;
  const customer = known.customer === true || news.customer === true;
  if (customer !== (known.customer === true)) changed = true;
  const zoneGuessed = texts.zone === known.zone ? known.zoneGuessed === true : news.zoneGuessed === true;
  return { profile: { ...texts, zoneGuessed, customer, extra }, changed };
}
