/** Counts up from anywhere and tells when an expected number more has come. */
export function counter() {
  let count = 0;
  let waiting: { until: number; resolve: () => void } | undefined;
  return {
    add: (more: number): void => {
      count += more;
      if (waiting !== undefined && count >= waiting.until) waiting.resolve();
    },
    /** Resolves when so many more were added. */
    expect: (more: number): Promise<void> => new Promise((resolve) => (waiting = { until: count + more, resolve })),
  };
}
