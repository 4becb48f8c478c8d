/** The people role answers every request of the CLI, or says by name what is wrong with it. */
import { openDatabase, type Database } from '../../activities/people/database';
import { servePeople, type AnswerPeople } from '../../activities/people/serve';
import { artefactOf } from '../../events/digest';
import { freshStore, leadOf, monday, rowsOf, secret } from './store';
import type { RowOutcome } from '../../events/requests';

let db: Database;
let ask: AnswerPeople;
let written: number;
const failures: unknown[] = [];
const log = { info: () => undefined, warn: () => undefined, error: (fields: unknown) => void failures.push(fields) };
const serve = (database: Database): AnswerPeople =>
  servePeople({
    db: database,
    secret,
    now: () => monday,
    messages: () => Promise.resolve({ found: 0, lastSeq: 0 }),
    reread: () => Promise.resolve({ read: 0, inputs: [] }),
    summary: () => Promise.resolve({ leads: 0, byStage: {}, byQualification: {}, asOfAt: 0, lag: 0 }),
    written: () => (written += 1),
    log,
  });

beforeEach(async () => {
  ({ db } = await freshStore());
  written = 0;
  failures.length = 0;
  ask = serve(db);
});
afterEach(() => db.close());

async function importAda(): Promise<string> {
  const fields = { Email: 'ada@engines.example', 'First name': 'Ada', 'Last name': 'Lovelace', Company: 'Engines', Source: 'Webinar' };
  const reply = await ask('import', {
    batch: 'b',
    source: 'fair',
    by: 'test',
    consent: { text: 'yes', obtainedAt: monday },
    rows: [{ row: 1, fields }],
  });
  return leadOf((reply as { outcomes: readonly RowOutcome[] }).outcomes[0]);
}

test('imports, and tells whoever relays that there is news', async () => {
  await importAda();
  expect(written).toBe(1);
});

test('finds a person by id and address, shows consent and suppression, and knows no stranger', async () => {
  const leadId = await importAda();
  const card = {
    leadId,
    name: 'Ada Lovelace',
    email: 'ada@engines.example',
    company: 'Engines',
    source: 'Webinar',
    consent: { email: 'granted' },
  };
  expect(await ask('find', { who: 'ADA@engines.example' })).toEqual({ person: card });
  expect(await ask('find', { who: leadId })).toEqual({ person: card });
  expect(await ask('find', { who: 'bob@looms.example' })).toEqual({});
  expect(await ask('suppress', { who: '@engines.example', channel: 'all', because: 'a partner', by: 'olga' })).toEqual({
    leadId,
    leadIds: [leadId],
    entries: 1,
  });
  expect(await ask('cards', { leadIds: ['ld_nobody', leadId] })).toEqual({
    people: [{ ...card, suppressed: { all: 'operator' }, consent: { email: 'withdrawn' } }],
  });
});

test('adds reps and lists them with their hand-offs', async () => {
  const added = await ask('addRep', { name: 'Rosa', email: 'rosa@sales.example', by: 'olga' });
  expect(await ask('reps', {})).toEqual({ reps: [{ ...added, name: 'Rosa', email: 'rosa@sales.example', active: true, open: 0 }] });
  expect(await ask('handOffs', { open: true })).toEqual({ handOffs: [] });
});

test('publishes, lists and refuses what changed without a new version', async () => {
  const artefact = artefactOf('settings', { id: 'workspace', version: 1 });
  expect(await ask('publish', { artefacts: [artefact], by: 'olga' })).toMatchObject({ results: [{ as: 'published' }] });
  expect(await ask('publish', { artefacts: [{ ...artefact, digest: '0123456789ab' }], by: 'olga' })).toMatchObject({
    results: [{ as: 'refused' }],
  });
  expect(await ask('published', { kind: 'settings' })).toMatchObject({ artefacts: [{ kind: 'settings', current: true }] });
});

test('holds a lead at the ledger', async () => {
  const leadId = await importAda();
  expect(await ask('hold', { leadId, held: true, by: 'olga' })).toEqual({ held: true });
  expect(await rowsOf(db, 'select held from lead')).toEqual([{ held: true }]);
  expect(await ask('hold', { leadId: 'ld_nobody', held: true, by: 'olga' })).toMatchObject({ problem: { code: 'lead-unknown' } });
});

test('lists no uncertain send where there is none, and settles none', async () => {
  expect(await ask('uncertain', {})).toEqual({ sends: [] });
  expect(await ask('settle', { leadId: 'ld_1', effect: 'e1', sent: true, by: 'olga' })).toEqual({ settled: false });
});

test('hands on the summary', async () => expect(await ask('summary', {})).toMatchObject({ leads: 0, lag: 0 }));

test.each([
  ['import', { batch: 'b', source: 's', by: 'x', rows: [] }, 'rows must have at least one row'],
  [
    'import',
    { batch: 'b', source: 's', by: 'x', rows: Array.from({ length: 201 }, (_, n) => ({ row: n + 1, fields: {} })) },
    'rows must have at most 200 rows',
  ],
  [
    'import',
    {
      batch: 'b',
      source: 's',
      by: 'x',
      rows: [
        { row: 1, fields: {} },
        { row: 1, fields: {} },
      ],
    },
    'rows must not name a row twice',
  ],
  ['suppress', { who: 'a@b.example', channel: 'fax', because: 'x', by: 'y' }, 'channel must be email or all'],
  ['addRep', { name: 'Rosa', email: 'rosa', by: 'x' }, 'email must be an e-mail address'],
  ['hold', { leadId: 'no id', held: true, by: 'x' }, 'leadId is no lead id'],
  ['find', 'ada', expect.any(String)],
])('%s asked in a wrong form is refused by name', async (verb, body, says) => {
  expect(await ask(verb, body)).toEqual({ problem: { code: 'ask-malformed', says } });
});

test('what nobody can ask is said to be so', async () => {
  expect(await ask('dance', {})).toMatchObject({ problem: { code: 'verb-unknown' } });
  expect(await ask('toString', {})).toMatchObject({ problem: { code: 'verb-unknown' } });
  expect(await ask('suppress', { who: '@nowhere', channel: 'all', because: 'x', by: 'y' })).toMatchObject({
    problem: { code: 'lead-unknown' },
  });
});

test('a database that does not answer is a named problem', async () => {
  const nowhere = openDatabase('postgres://ripen@127.0.0.1:1/ripen');
  expect(await serve(nowhere)('reps', {})).toMatchObject({ problem: { code: 'database-away' } });
  await nowhere.close();
});

test('a fault of ours is answered too, and logged without naming anybody', async () => {
  await db.query('alter table rep rename to rep_gone');
  expect(await ask('reps', {})).toMatchObject({ problem: { code: 'ask-failed' } });
  expect(failures).toEqual([{ verb: 'reps', error: 'error', code: '42P01' }]);
});
