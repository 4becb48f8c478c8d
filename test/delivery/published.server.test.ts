import { publishedSource } from '../../activities/adapters/published-source';
import { openDatabase, type Database } from '../../activities/people/database';
import { migrate } from '../../activities/people/migrate';
import { listPublished, publishArtefacts } from '../../activities/people/published';
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { freshDatabase } from '../support/servers';
import { model, plan, publishedContract, settings, welcome } from './published.contract';

let db: Database;
beforeAll(async () => {
  db = openDatabase(await freshDatabase());
  await migrate(db);
});
afterAll(() => db.close());
beforeEach(async () => void (await db.query('truncate published')));

describe('published things in Postgres', () => {
  publishedContract(async (first) => {
    let now = 0;
    const publish = async (artefacts: readonly Artefact[]): Promise<void> => {
      const results = await publishArtefacts(db, artefacts, 'ines');
      expect(results.map(({ as }) => as)).toEqual(artefacts.map(() => 'published'));
    };
    await publish(first);
    return { source: publishedSource(db, { monotonic: () => now }), publish, later: () => void (now += 5_000) };
  });

  test('a predictive model that was learnt from too little is published to stand beside, and decides for no workspace and no sequence', async () => {
    const foreseen = (mayDecide: boolean, version: number) =>
      artefactOf('model', { id: 'predicted', version, kind: 'predictive', artefact: { mayDecide } });
    const naming = (version: number) => artefactOf('settings', { ...settings, version, model: 'predicted' });
    const how = async (...artefacts: Artefact[]) => (await publishArtefacts(db, artefacts, 'ines')).map(({ as }) => as);
    const [early] = await publishArtefacts(db, [artefactOf('plan', { ...plan(1), model: 'predicted' })], 'ines');
    expect(early).toMatchObject({ as: 'refused', says: expect.stringContaining('there is no trained model yet') });
    expect(await how(artefactOf('settings', settings), foreseen(false, 1))).toEqual(['published', 'published']);
    const [refused] = await publishArtefacts(db, [naming(90)], 'ines');
    expect(refused).toMatchObject({ as: 'refused', says: expect.stringContaining('learnt from too little to decide') });
    expect(await how(artefactOf('plan', { ...plan(1), model: 'predicted' }))).toEqual(['refused']);
    expect(await how(foreseen(true, 2), naming(90))).toEqual(['published', 'published']);
    expect(await how(foreseen(false, 3))).toEqual(['refused']);
  });

  test('of a trained model the newest three are told whole, of older ones the name, so that the answer stays one message', async () => {
    const versions = [1, 2, 3, 4, 5].map((version) =>
      artefactOf('model', { id: 'predicted', version, kind: 'predictive', artefact: { mayDecide: true } }),
    );
    await publishArtefacts(db, [artefactOf('settings', settings), ...versions], 'ines');
    const told = (await listPublished(db, 'model')).map(({ ref, body }) => [ref.slice(0, 11), body !== undefined]);
    expect(told).toEqual([5, 4, 3, 2, 1].map((version) => [`predicted@${version}`, version > 2]));
  });

  test('the store is asked at most once in five seconds, and at once for a ref that is not known', async () => {
    let now = 0;
    let queries = 0;
    const counting = { query: ((...args: Parameters<typeof db.query>) => ((queries += 1), db.query(...args))) as typeof db.query };
    await publishArtefacts(db, [artefactOf('settings', settings), artefactOf('plan', plan(1))], 'ines');
    const source = publishedSource(counting, { monotonic: () => now });
    await Promise.all(Array.from({ length: 50 }, () => source.snapshot([])));
    expect(queries).toBe(1);
    now = 4_999;
    await source.snapshot([]);
    expect(queries).toBe(1);
    const fresh = artefactOf('plan', plan(2));
    await publishArtefacts(db, [fresh], 'ines');
    expect((await source.snapshot([`trial@2#${fresh.digest}`])).currentPlan('trial')?.plan.version).toBe(2);
    expect(queries).toBe(2);
    now += 5_000;
    await source.snapshot([]);
    expect(queries).toBe(3);
  });

  test('while the database is away, what is known goes on and what is not is database-away', async () => {
    let now = 0;
    let away = false;
    const flaky = {
      query: ((...args: Parameters<typeof db.query>) => (away ? Promise.reject(new Error('gone')) : db.query(...args))) as typeof db.query,
    };
    await publishArtefacts(db, [artefactOf('settings', settings)], 'ines');
    const told: unknown[] = [];
    const source = publishedSource(flaky, { monotonic: () => now, onAway: (error) => told.push(error) });
    await source.snapshot([]);
    away = true;
    now = 10_000;
    expect((await source.snapshot([])).settings).toEqual(settings);
    expect(told).toHaveLength(1);
    await expect(source.snapshot(['trial@1#ffffffffffff'])).rejects.toMatchObject({ type: 'database-away' });
  });

  test('before anything is published it says what to do', async () => {
    await expect(publishedSource(db).snapshot([])).rejects.toMatchObject({
      type: 'digest-unknown',
      message: expect.stringContaining('ripen sequences publish'),
    });
  });
});

describe('publishing', () => {
  test('the same again is unchanged; the same version with other contents is refused in a sentence and stops nothing else', async () => {
    const announced: string[] = [];
    const announce = async ({ digest }: Artefact): Promise<void> => void announced.push(digest);
    const changed = artefactOf('content', { ...welcome, template: '<p>Other</p>' });
    await publishArtefacts(db, [artefactOf('content', welcome)], 'ines', announce);
    const results = await publishArtefacts(db, [artefactOf('content', welcome), changed, artefactOf('model', model)], 'ines', announce);
    expect(results.map(({ as }) => as)).toEqual(['unchanged', 'refused', 'published']);
    expect(results[1]?.says).toContain('content welcome@1 is published with other contents');
    expect(announced).toEqual([artefactOf('content', welcome).digest, artefactOf('model', model).digest]);
  });

  test('contents that are not what their digest says are refused', async () => {
    const forged = { ...artefactOf('plan', plan(1)), body: { ...plan(1), model: 'another' } };
    expect((await publishArtefacts(db, [forged], 'ines'))[0]).toMatchObject({
      as: 'refused',
      says: expect.stringContaining('does not hold what its digest says'),
    });
    expect(await listPublished(db)).toEqual([]);
  });

  test('what cannot be announced is not published', async () => {
    await expect(
      publishArtefacts(db, [artefactOf('plan', plan(1))], 'ines', () => Promise.reject(new Error('NATS is away'))),
    ).rejects.toThrow('NATS is away');
    expect(await listPublished(db)).toEqual([]);
  });

  test('of twenty who publish one version at once, one publishes and the others find it unchanged', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => publishArtefacts(db, [artefactOf('plan', plan(1))], 'ines')));
    expect(results.flat().filter(({ as }) => as === 'published')).toHaveLength(1);
    expect(results.flat().filter(({ as }) => as === 'unchanged')).toHaveLength(7);
  });

  test('the list shows every version, which one is current, and by kind', async () => {
    await publishArtefacts(db, [artefactOf('plan', plan(1)), artefactOf('plan', plan(2)), artefactOf('model', model)], 'ines');
    const plans = await listPublished(db, 'plan');
    expect(plans.map(({ ref, current }) => [ref.split('#')[0], current])).toEqual([
      ['trial@2', true],
      ['trial@1', false],
    ]);
    expect(plans[0]?.body).toEqual(plan(2));
    expect(await listPublished(db)).toHaveLength(3);
  });
});
