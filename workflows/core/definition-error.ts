/** Every fault of a definition at once, each with its path. */

export type Fault = {
  /** `phases.start.touches[2].after` */
  readonly path: string;
  readonly says: string;
  /** Where it was written, `/…/plan.ts:12:7`; only where a word left a mark. */
  readonly at?: string;
};

export class DefinitionError extends Error {
  override name = 'DefinitionError';
  constructor(
    readonly what: string,
    readonly faults: readonly Fault[],
  ) {
    super(
      `${what} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map(({ path, says, at }) => `  - ${path}: ${says}${shortPlace(at)}`).join('\n')}`,
    );
  }
}

/** File and line. */
const shortPlace = (at: string | undefined): string =>
  at === undefined ? '' : ` (${at.split(/[\\/]/).at(-1)?.replace(/:\d+$/, '') ?? at})`;
