/** The schema's migrations in the order in which they run. A migration that was released is never changed. */
import { people } from './001-people';

export type Migration = { /** Number and words. */ readonly name: string; readonly sql: string };

export const migrations: readonly Migration[] = [people];
