/** The packed cells of each point rule, as pairs: a lead knows few rules, and a copied pair list is many times cheaper than a copied record. */

export type RuleCells = readonly (readonly [rule: string, cells: string])[];

export function cellsOf(raw: RuleCells, rule: string): string | undefined {
  for (const entry of raw) if (entry[0] === rule) return entry[1];
  return undefined;
}

export function withCells(raw: RuleCells, rule: string, cells: string): RuleCells {
  const copy = raw.slice();
  for (let at = 0; at < copy.length; at += 1) {
    if (copy[at]?.[0] !== rule) continue;
    copy[at] = [rule, cells];
    return copy;
  }
  copy.push([rule, cells]);
  return copy;
}
