import { awayCode } from '../../client/away';
import { Refusal } from '../../client/refusal';
import type { Input } from '../../workflows/core';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { artefacts, published, world } from './small-world';

describe('sequences', () => {
  test('are checked without anything that runs', async () => {
    expect(await ripen({ peopleAway: true, temporalAway: true }, 'sequences', 'check', '--json')).toMatchObject({
      exit: 0,
      json: { ok: true, faults: [] },
    });
  });

  test('are listed as published, or as the repository has them while nothing runs', async () => {
    const there = await ripen({ people: { published: () => ({ artefacts: published }) } }, 'sequences', 'list', '--json');
    expect(there.json).toMatchObject({
      published: true,
      sequences: [
        { ref: published[0]?.ref, phases: [{ name: 'learn', stage: 'awareness', messages: ['welcome', 'ebook'] }, { name: 'choose' }] },
      ],
    });
    const away = await ripen({ peopleAway: true }, 'sequences', 'list', '--json');
    expect(away).toMatchObject({ exit: 0, json: { published: false } });
    expect(away.json['sequences']).toContainEqual(expect.objectContaining({ ref: expect.stringMatching(/^buyers-journey@\d+#/) }));
  });

  test('are published with all they need, in requests that NATS takes; a refusal ends with 1', async () => {
    const asked = await ripen(
      {
        people: {
          publish: ({ artefacts: given }) => ({
            results: given.map(({ id, version, digest }) => ({ ref: `${id}@${version}#${digest}`, as: 'published' })),
          }),
        },
      },
      'sequences',
      'publish',
      '--json',
    );
    expect(asked).toMatchObject({ exit: 0, json: { ok: true, refused: 0 } });
    for (const { ask } of asked.asked) expect(Buffer.byteLength(JSON.stringify(ask))).toBeLessThan(1_000_000);
    const refused = await ripen(
      { people: { publish: () => ({ results: [{ ref: 'a@1#x', as: 'refused', says: 'it exists with other contents' }] }) } },
      'sequences',
      'publish',
    );
    expect(refused).toMatchObject({ exit: 1, out: expect.stringContaining('it exists with other contents') });
  });

  test('a dry run publishes nothing and says what would be new', async () => {
    const { asked, out } = await ripen({}, 'sequences', 'publish', '--dry-run');
    expect(asked.map(({ verb }) => verb)).toEqual(['published']);
    expect(out).toMatch(/buyers-journey@\d+#\w+ +new/);
  });

  test('come back from the history of what was published', async () => {
    const messages = artefacts.map((artefact, at) => ({
      seq: 10 * (at + 1),
      data: Buffer.from(JSON.stringify(artefact)).toString('base64'),
    }));
    const { asked, json } = await ripen(
      {
        people: { publish: ({ artefacts: given }) => ({ results: given.map(({ id }) => ({ ref: id, as: 'unchanged' })) }) },
        stream: (_, body) => {
          const message = messages.find(({ seq }) => seq >= (body as { readonly seq: number }).seq);
          return message === undefined ? { error: { code: 404, err_code: 10037 } } : { message };
        },
      },
      'sequences',
      'publish',
      '--restore',
      '--json',
    );
    expect(json).toMatchObject({ ok: true, unchanged: 3 });
    expect(asked[0]?.ask).toMatchObject({ artefacts: JSON.parse(JSON.stringify(artefacts)) });
  });
});

describe('rebuild', () => {
  const after = { leadId: asha.leadId, position: { n: 10, seq: 12, digest: 'y' }, inbox: 0, running: [], wakeAt: nowAt + 3_600_000 };

  test('ends a running workflow only when told to', async () => {
    expect(await ripen(world, 'rebuild', asha.leadId)).toMatchObject({ exit: 2, did: ['closed'], err: expect.stringContaining('--yes') });
  });

  test('ends, starts anew and compares the next look before and after', async () => {
    const { exit, did, json } = await ripen({ ...world, viewAfter: after }, 'rebuild', asha.leadId, '--yes', '--json');
    expect([exit, did]).toEqual([0, ['terminated lead-asha', 'started lead-asha, held', 'released lead-asha', 'closed']]);
    expect(json).toMatchObject({ ok: true, same: true, wakeBeforeAt: nowAt + 3_600_000, wakeAt: nowAt + 3_600_000, decisions: 10 });
  });

  test('starts a deleted workflow and expects the next look that the facts say', async () => {
    const { facts: told, people } = world;
    const { exit, did, json } = await ripen({ facts: told, people, viewAfter: after } as World, 'rebuild', asha.leadId, '--json');
    expect([exit, did]).toEqual([0, ['started lead-asha, held', 'released lead-asha', 'closed']]);
    expect(json['wakeBeforeAt']).toBeGreaterThan(Date.UTC(2026, 10, 1));
  });

  test('hands over what the log does not hold, after the start and before the release, and says how much it was', async () => {
    const visit = (id: string): Input => ({
      kind: 'engaged',
      id,
      event: { id, type: 'app.login', occurredAt: nowAt, actor: 'human', data: {} },
    });
    const pages = [
      { read: 5, inputs: [visit('a'), visit('b')], nextSeq: 9 },
      { read: 2, inputs: [visit('b'), visit('c')] },
    ] as const;
    const reread = ({ fromSeq }: { readonly fromSeq: number }) => pages[fromSeq === 1 ? 0 : 1];
    const { did, out, json } = await ripen(
      { ...world, people: { ...world.people, reread }, viewAfter: after },
      'rebuild',
      asha.leadId,
      '--yes',
      '--json',
    );
    expect(did).toEqual([
      'terminated lead-asha',
      'started lead-asha, held',
      'told lead-asha a b',
      'told lead-asha c',
      'released lead-asha',
      'closed',
    ]);
    expect([json['read'], json['new'], out]).toEqual([7, 3, expect.not.stringContaining('7 events')]);
  });

  test('ends nothing while the events cannot be read, unless the facts alone will do', async () => {
    const { exit, did, err } = await ripen({ ...world, peopleAway: true }, 'rebuild', asha.leadId, '--yes');
    expect([exit, did, err]).toEqual([1, ['closed'], expect.stringContaining('--facts-only')]);
    const away = { ...world, peopleAway: true, viewAfter: after };
    expect(await ripen(away, 'rebuild', asha.leadId, '--yes', '--facts-only')).toMatchObject({ exit: 0 });
  });

  test('that breaks off in the middle leaves the lead held and says so', async () => {
    let asked = 0;
    const reread = () => {
      asked += 1;
      if (asked > 1) throw new Refusal('Nobody answers.', 1, awayCode);
      return { read: 0, inputs: [] };
    };
    const broken = { ...world, people: { ...world.people, reread }, viewAfter: after };
    const { exit, did, err } = await ripen(broken, 'rebuild', asha.leadId, '--yes');
    expect([exit, did]).toEqual([1, ['terminated lead-asha', 'started lead-asha, held', 'closed']]);
    expect(err).toContain('held: nothing is sent. Repeat the command');
  });

  test('repairs instead where log and workflow disagree', async () => {
    const { exit, did } = await ripen({ ...world, view: { ...after, problem: 'facts-forked' } }, 'rebuild', asha.leadId);
    expect([exit, did]).toEqual([0, ['repaired lead-asha', 'closed']]);
  });

  test('of a lead to whom nothing ever happened ends with 3', async () => {
    expect(await ripen({}, 'rebuild', asha.leadId)).toMatchObject({ exit: 3, did: ['closed'] });
  });
});
