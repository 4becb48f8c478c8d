/** Counts up from anywhere and tells when an expected number more has come. */

const patienceMs = 120_000;

export function counter(what: string) {
  let count = 0;
  let waiting: { until: number; resolve: () => void } | undefined;
  return {
    add: (more: number): void => {
      count += more;
      if (waiting !== undefined && count >= waiting.until) waiting.resolve();
    },
    /** Resolves when so many more were added since this call; throws after two minutes, so that a loss fails the run instead of stopping it. */
    expect: (more: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const until = count + more;
        const late = setTimeout(() => reject(new Error(`${what}: ${until - count} of ${more} are missing after two minutes`)), patienceMs);
        waiting = { until, resolve: () => (clearTimeout(late), resolve()) };
      }),
  };
}

/** Runs `work` for every item, so many at once, in order. */
export async function inFlight<T>(items: readonly T[], concurrency: number, work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const take = async (): Promise<void> => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: concurrency }, take));
}
