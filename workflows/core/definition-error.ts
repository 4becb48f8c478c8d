/** Every fault of a definition at once, each with its path. */

export type Fault = { /** `phases.start.touches[2].after` */ readonly path: string; readonly says: string };

export class DefinitionError extends Error {
  override name = 'DefinitionError';
  constructor(
    readonly what: string,
    readonly faults: readonly Fault[],
  ) {
    super(
      `${what} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map(({ path, says }) => `  - ${path}: ${says}`).join('\n')}`,
    );
  }
}
