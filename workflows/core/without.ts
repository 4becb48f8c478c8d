/** Small records with a key more or less; optional fields that end are gone. */

export function without<T extends object, K extends keyof T>(record: T, ...keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}

/** The entry with that key set. A loop, because spreads of records whose keys differ from lead to lead are slow. */
export function withEntry<V>(record: Readonly<Record<string, V>>, key: string, value: V): Readonly<Record<string, V>> {
  const copy: Record<string, V> = {};
  for (const other in record) copy[other] = record[other] as V;
  copy[key] = value;
  return copy;
}

/** The entries but that one; the same record where it is not there. */
export function dropped<V>(record: Readonly<Record<string, V>>, key: string): Readonly<Record<string, V>> {
  if (record[key] === undefined) return record;
  const copy: Record<string, V> = {};
  for (const other in record) if (other !== key) copy[other] = record[other] as V;
  return copy;
}

/** The field only where it has a value. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
