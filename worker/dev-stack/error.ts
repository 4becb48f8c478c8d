/** What every part of the dev stack shares: its one error family and the way it speaks while it works. */

/** The dev stack cannot start; the message is a sentence for a person and says what to do. */
export class DevStackError extends Error {
  override name = 'DevStackError';
}

/** Lines for a person, while something takes long. */
export type Progress = (line: string) => void;
