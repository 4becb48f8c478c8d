/** A people store with lives lived by the core, put there as the roles would have it. */
import { openDatabase, type Database } from '../../activities/people/database';
import { migrate } from '../../activities/people/migrate';
import { projectionStore } from '../../activities/people/projection';
import { publishArtefacts } from '../../activities/people/published';
import { artefactOf } from '../../events/digest';
import type { Code } from '../../events/stripped';
import type { Condition, Published } from '../../workflows/core';
import { daily } from '../core/plans';
import type { Tale } from '../support/given';
import { b2bPoints, publish } from '../support/published';
import { freshDatabase } from '../support/servers';

const keen: Condition = {
  kind: 'any',
  of: [
    { kind: 'score', atLeast: 20 },
    { kind: 'grade', atLeast: 'B' },
  ],
};
const maker: Condition = {
  kind: 'all',
  of: [
    { kind: 'field', field: 'industry', test: 'software' },
    { kind: 'field', field: 'country', test: 'de' },
  ],
};
export const published: Published = publish({
  plans: [daily],
  settings: { segments: { keen: { says: 'keen', when: keen } }, personas: { maker: { says: 'makes software', when: maker } } },
});

export type Lived = { readonly leadId: string; readonly tale: Tale };
export type AudienceStore = {
  readonly db: Database;
  /** The people store's own rows of a lead. */
  readonly know: (leadId: string, traits: Readonly<Record<string, Code>>, consent: boolean) => Promise<void>;
  /** What the projector makes of their lives. */
  readonly project: (lives: readonly Lived[], now: number) => Promise<void>;
};

export async function audienceStore(): Promise<AudienceStore> {
  const db = openDatabase(await freshDatabase());
  await migrate(db);
  await publishArtefacts(
    db,
    [artefactOf('settings', { ...published.settings, id: 'workspace' }), artefactOf('model', b2bPoints), artefactOf('plan', daily)],
    'test',
  );
  await db.query(
    `insert into published (kind, id, version, digest, body, published_by) values ('content', 'pricing', 1, '0123456789ab', '{}', 'test') on conflict do nothing`,
  );
  let seq = 0;
  return {
    db,
    async know(leadId, traits, consent) {
      await db.query('insert into lead (id, key, traits) values ($1, $2, $3)', [leadId, `key-${leadId}`, JSON.stringify(traits)]);
      await db.query(`insert into identity (kind, value, lead_id, written, key) values ('email', $1, $2, $1, $3)`, [
        `${leadId}@example.com`,
        leadId,
        `mail-${leadId}`,
      ]);
      if (!consent) return;
      await db.query(
        `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', 'granted', 1, 'test', 'x', 'test')`,
        [leadId],
      );
    },
    async project(lives, now) {
      const nothing = (): Promise<void> => Promise.resolve();
      const store = projectionStore(db, nothing, nothing, { published: () => Promise.resolve(published), now: () => now });
      const batch = lives.map(({ leadId, tale }) => ({
        seq: (seq += 1),
        decision: { v: 1 as const, lead: leadId, n: 1, prev: '', run: 'r', at: tale.now(), consumed: [], facts: tale.history() },
      }));
      await store.apply(batch, seq);
    },
  };
}
