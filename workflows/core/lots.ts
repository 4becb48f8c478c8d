/** Lots: which people fall where, by a hash and so without chance. Knows no plan. */

/** 0..99 by a hash of lead and name: the same for ever, and no chance in it. */
export const lotOf = (leadId: string, name: string): number => hash(`${leadId}/${name}`) % 100;

/** Is the person one of `percent` in 100? A greater percent of the same name keeps everybody it had. */
export const inCohort = (leadId: string, { name, percent }: { readonly name: string; readonly percent: number }): boolean =>
  lotOf(leadId, `cohort/${name}`) < percent;

/** What an arm by lot is remembered by. */
export const armKey = (sequence: string, choice: string): string => `${sequence}/${choice}`;

/** FNV-1a with the final mixing of MurmurHash3, which neighbouring ids need. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
