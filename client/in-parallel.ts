/** Work over many things, so many at a time; the first failure ends it. Knows no work. */

/** Results in the order of the things. */
export async function inParallel<T, R>(things: readonly T[], atOnce: number, work: (thing: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const left = things.entries();
  const take = async (): Promise<void> => {
    for (const [index, thing] of left) results[index] = await work(thing);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, take));
  return results;
}
