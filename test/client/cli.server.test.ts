import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openContext } from '../../client/context';
import { runCli } from '../../client/program';
import { savedQueries } from '../../client/saved-queries';
import { workflowIdOf } from '../../workflows/messages';
import { startEngine } from '../support/whole-engine';
import type { Engine } from '../support/whole-engine';

jest.setTimeout(180_000);

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

type Ran = { readonly exit: number; readonly out: string; readonly err: string; readonly json: Readonly<Record<string, unknown>> };

/** The command line with its real links, against the engine's servers. */
async function ripen(...words: readonly string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const open = (warn: (says: string) => void) => openContext(engine.env, tmpdir(), warn);
  const exit = await runCli([...words, '--json'], '0.0.0', open, { out: (text) => void (out += text), err: (text) => void (err += text) });
  return { exit, out, err, json: JSON.parse(out) as Record<string, unknown> };
}

async function until(what: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await what()); await new Promise((resolve) => setTimeout(resolve, 200)))
    if (Date.now() > end) throw new Error('it did not happen within a minute');
}

const asha = 'asha@example.com';

test('a marketer, a rep and an operator do their work from the command line alone', async () => {
  expect(await ripen('sequences', 'publish')).toMatchObject({ exit: 0, json: { ok: true, refused: 0 } });
  expect(await ripen('sequences', 'publish')).toMatchObject({ json: { published: 0 } });
  expect(await ripen('handoff', 'reps', '--add', 'Maya Okafor', '--email', 'maya@sales.example')).toMatchObject({ exit: 0 });

  const list = join(tmpdir(), `list-${process.pid}.csv`);
  writeFileSync(list, 'Email;First Name\nbo@example.com;Bo\n"BO@example.com;Bo"\nnobody;No\ncy@example.com\n');
  const terms = ['import', list, '--source', 'trade-show', '--consent', 'ticked', '--obtained', '2026-01-02'];
  expect(await ripen(...terms, '--dry-run')).toMatchObject({ exit: 0, json: { created: 1, dryRun: true } });
  const imported = { rows: 4, created: 1, duplicates: 1, rejected: 2, repaired: 1, byReason: { 'ragged-row': 1 } };
  expect(await ripen(...terms)).toMatchObject({ exit: 0, json: imported });
  expect(await ripen(...terms)).toMatchObject({ exit: 0, json: imported });

  const added = await ripen(
    'lead',
    'add',
    '--email',
    asha,
    '--first-name',
    'Asha',
    '--source',
    'walk-in',
    '--consent',
    'asked at the desk',
  );
  const lead = String(added.json['leadId']);
  expect(await ripen('enrol', asha, '--sequence', 'trial-offer', '--id', 'AAAAAAAAAAA')).toMatchObject({
    exit: 0,
    json: { ok: true, lead },
  });
  expect(await ripen('enrol', asha, '--sequence', 'trial-offer', '--id', 'AAAAAAAAAAA')).toMatchObject({ exit: 0 });
  expect(await ripen('enrol', asha, '--sequence', 'nothing-of-the-kind')).toMatchObject({ exit: 1, json: { ok: false } });
  expect(await ripen('engage', asha, 'form.submitted', '--data', 'form=demo')).toMatchObject({ exit: 0, json: { known: true } });
  await until(async () => ((await ripen('handoff', 'list')).json['handOffs'] as readonly unknown[]).length === 1);
  await until(async () => (await ripen('status', asha)).json['score'] === 20);

  const { json } = await ripen('explain', asha);
  const ledger = (json['ledgers'] as readonly { readonly sum: number; readonly total: number }[])[0];
  expect([ledger?.sum, ledger?.total]).toEqual([20_000, 20_000]);
  expect((await ripen('status', asha)).json['sequences']).toMatchObject([{ enrolment: 'e1' }]);
  expect(await ripen('handoff', 'accept', asha, '--by', 'maya')).toMatchObject({ exit: 0 });
  expect((await ripen('handoff', 'accept', asha)).err).toContain('accepted before, by Maya Okafor');
  expect(await ripen('pause', asha)).toMatchObject({ exit: 0 });
  expect(await ripen('pause', asha)).toMatchObject({ exit: 1 });
  await until(async () => JSON.stringify((await ripen('stuck')).json['people']).includes(lead));
  expect(await ripen('resume', asha)).toMatchObject({ exit: 0 });
  expect((await ripen('timeline', asha)).err).toContain('Hand-off 1 accepted by Maya Okafor');

  const { ahead } = (await ripen('plan', asha)).json as { readonly ahead: readonly { readonly message?: string; readonly as?: string }[] };
  expect(ahead.find(({ message }) => message === 'demo-invite')).toMatchObject({ as: 'not sent' });
});

test('what nobody is known by is rejected, listed, and taken once the person is imported', async () => {
  await ripen('engage', 'dee@example.com', 'page.viewed', '--data', 'path=/pricing');
  await until(async () => ((await ripen('rejected', 'list')).json['rejected'] as readonly unknown[]).length === 1);
  const [row] = (await ripen('rejected', 'list', '--code', 'lead-unknown')).json['rejected'] as readonly { readonly id: number }[];
  await ripen('lead', 'add', '--email', 'dee@example.com', '--source', 'walk-in');
  expect(await ripen('rejected', 'replay', String(row?.id))).toMatchObject({ exit: 0, json: { replayed: [row?.id] } });
  await until(async () => JSON.stringify((await ripen('timeline', 'dee@example.com')).json['facts']).includes('page.viewed'));
  expect((await ripen('rejected', 'list')).json['rejected']).toEqual([]);
});

test('a lead whose workflow was deleted is rebuilt with the same next look', async () => {
  await ripen('lead', 'add', '--email', 'eve@example.com', '--source', 'walk-in', '--sequence', 'buyers-journey');
  const seen: unknown[] = [];
  // By day the first message goes at once and the next look moves; by night it waits. Twice the same a second apart is settled.
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    seen.push((await ripen('status', 'eve@example.com')).json['wakeAt']);
    return seen.at(-1) !== undefined && seen.at(-1) === seen.at(-2);
  });
  const { lead, wakeAt } = (await ripen('status', 'eve@example.com')).json;
  const { namespace, workflowService } = { namespace: engine.env.TEMPORAL_NAMESPACE, workflowService: engine.client.workflowService };
  await workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: workflowIdOf(String(lead)) } });
  await until(async () => (await ripen('status', 'eve@example.com')).json['running'] === false);
  expect(await ripen('rebuild', 'eve@example.com')).toMatchObject({ exit: 0, json: { same: true, wakeAt } });

  const story = await ripen('story', 'from', 'eve@example.com');
  expect(story).toMatchObject({ exit: 0, json: { same: true, text: expect.stringContaining('journey(buyersJourney') } });
  expect(String(story.json['text'])).not.toMatch(/eve/i);
});

test('Temporal takes every saved query as it is', async () => {
  const moments = { nowAt: Date.now(), overdueBeforeAt: Date.now(), startedBeforeAt: Date.now() };
  for (const { query } of Object.values(savedQueries)) {
    const found = engine.client.workflow.list({ query: query(moments) });
    for await (const { workflowId } of found) expect(workflowId).toMatch(/^lead\//);
  }
});

test.each([
  [{ TEMPORAL_NAMESPACE: 'nobody-made-this' }, 'stuck', 'See TEMPORAL_NAMESPACE'],
  [{ TEMPORAL_ADDRESS: '127.0.0.1:1' }, 'stuck', 'Temporal does not answer at 127.0.0.1:1'],
  [{ NATS_URL: 'nats://127.0.0.1:1' }, 'handoff list', 'NATS does not answer'],
])('with %j `ripen %s` says what is wrong, and no trace', async (wrong, words, says) => {
  let err = '';
  const open = (warn: (says: string) => void) => openContext({ ...engine.env, ...wrong }, tmpdir(), warn);
  const exit = await runCli(words.split(' '), '0.0.0', open, { out: () => undefined, err: (text) => void (err += text) });
  expect([exit, err]).toEqual([1, expect.stringContaining(says)]);
  expect(err).not.toMatch(/\n\s+at /);
});
