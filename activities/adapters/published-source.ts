/** Published things from the people store, cached for good: a version never changes, so only newer rows are ever read. */
import { ApplicationFailure } from '@temporalio/common';
import { publishedAfter, type PublishedDb } from '../people/published';
import type { Published } from '../../workflows/core/plan';
import type { PublishedSource } from '../ports';
import { intlCalendar } from '../../workflows/published/intl-calendar';
import type { PieceSource } from './liquid-renderer';
import { publishedIndex } from '../../workflows/published/published-index';

export type PublishedSourceOptions = {
  readonly calendar?: Published['calendar'];
  /** Milliseconds on a clock that only counts; a test moves it. */
  readonly monotonic?: () => number;
  /** Told when the store could not be asked although the cache was enough to go on. */
  readonly onAway?: (error: unknown) => void;
};

/** New versions are seen after this long at the latest. */
const freshMs = 5_000;

export const unknownRef = (ref: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'digest-unknown', message: `${ref} is not published here`, nonRetryable: false });

/** `snapshot` and `currentPiece` fail with `ApplicationFailure` `digest-unknown` or `database-away`. */
export function publishedSource(db: PublishedDb, options: PublishedSourceOptions = {}): PublishedSource & PieceSource {
  const { monotonic = () => performance.now(), onAway } = options;
  const index = publishedIndex(options.calendar ?? intlCalendar());
  let seq = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const rows = await publishedAfter(db, seq);
    index.add(rows.map(({ artefact }) => artefact));
    seq = rows.at(-1)?.seq ?? seq;
    readAt = monotonic();
  };
  /** Leads that decide at the same moment share one query. */
  const refresh = (): Promise<void> => (reading ??= read().finally(() => (reading = undefined)));

  const upToDate = async (enough: () => boolean): Promise<void> => {
    if (enough() && monotonic() - readAt < freshMs) return;
    try {
      await refresh();
    } catch (error) {
      // What is known cannot be wrong, only old: better than no decision while the database is away.
      if (!enough())
        throw ApplicationFailure.create({
          type: 'database-away',
          message: error instanceof Error ? error.message : String(error),
          nonRetryable: false,
        });
      onAway?.(error);
    }
  };

  return {
    async snapshot(refs) {
      await upToDate(() => index.published() !== undefined && refs.every(index.knows));
      const unknown = refs.find((ref) => !index.knows(ref));
      if (unknown !== undefined) throw unknownRef(unknown);
      const published = index.published();
      if (published === undefined)
        throw ApplicationFailure.create({
          type: 'digest-unknown',
          message: 'no settings are published; run `ripen sequences publish`',
          nonRetryable: false,
        });
      return published;
    },
    async currentPiece(id) {
      await upToDate(() => index.piece(id) !== undefined);
      return index.piece(id);
    },
  };
}
