/** Lists keep to the rules of their source, differ by rule, and can be taken back. */
import { artefactOf } from '../../events/digest';
import { usualRules, type ImportRules } from '../../events/list/rules';
import type { Database } from '../../activities/people/database';
import { listImports } from '../../activities/people/import-list';
import { endUndo, importLeads, takeBack } from '../../activities/people/import-undo';
import { mappingOf } from '../../activities/people/mappings';
import { publishArtefacts } from '../../activities/people/published';
import { addVendor, listVendors } from '../../activities/people/vendors';
import { freshStore, importCells, importOne, leadOf, rowsOf, secret } from './store';

let db: Database;
beforeEach(async () => {
  ({ db } = await freshStore());
});
afterEach(() => db.close());

const ada = { Email: 'ada@engines.example', 'First name': 'Ada', Company: 'Engines' };
const settings = (imports: ImportRules): Promise<unknown> =>
  publishArtefacts(db, [artefactOf('settings', { id: 'workspace', version: 1, imports })], 'test');

describe('rules of the source', () => {
  test('refuse a bought list without evidence, then people without consent, then departments', async () => {
    const bought = { source: 'Bought list', vendor: 'List Mart' };
    expect(await importCells(db, [ada], bought)).toMatchObject([{ as: 'rejected', code: 'no-evidence' }]);
    await addVendor(db, { name: 'List Mart', by: 'test' });
    expect(await importCells(db, [ada], bought)).toMatchObject([{ as: 'rejected', code: 'no-evidence' }]);
    await addVendor(db, { name: 'list mart', evidence: 'log of 2026', exclusive: true, by: 'test' });
    expect(await importCells(db, [{ ...ada, 'Opt-in': 'no' }, ada, { Email: 'sales@engines.example' }], bought)).toMatchObject([
      { as: 'rejected', code: 'no-consent' },
      { as: 'created' },
      { as: 'rejected', code: 'role-address' },
    ]);
    expect(await listVendors(db)).toEqual({ vendors: [{ name: 'list mart', exclusive: true, evidence: 'log of 2026' }] });
  });

  test('are those of the published settings', async () => {
    await settings({ ...usualRules, all: { ...usualRules.all, roleAddresses: 'take' }, fields: { Budget: 'number' } });
    expect(await importCells(db, [{ Email: 'noreply@engines.example' }, { ...ada, Budget: 'much' }])).toMatchObject([
      { as: 'created' },
      { as: 'rejected', code: 'field-invalid', field: 'Budget' },
    ]);
    const leadId = await importOne(db, { Email: 'bob@engines.example', Budget: '1.200,50 EUR' });
    expect(await rowsOf(db, 'select extra from profile where lead_id = $1', [leadId])).toEqual([{ extra: { Budget: '1200.5' } }]);
  });

  test('let rules see own fields that have a type, and never their text', async () => {
    await settings({ ...usualRules, fields: { Seats: 'number', Partner: 'yes-no', CRM: ['salesforce', 'hubspot'], Note: 'text' } });
    await importOne(db, { ...ada, Title: 'Head of Marketing', Seats: '1,200', Partner: 'yes', CRM: 'Hub Spot', Note: 'met at a ball' });
    const [told] = await rowsOf<{ traits: Readonly<Record<string, unknown>> }>(
      db,
      `select data->'traits' as traits from outbox where type = 'profile.changed' order by seq desc limit 1`,
    );
    expect(told?.traits).toMatchObject({ Seats: 1200, Partner: true, CRM: 'hubspot', seniority: 'director', department: 'marketing' });
    expect(JSON.stringify(told)).not.toContain('ball');
  });

  test('say field by field whether a newer list counts', async () => {
    await settings({ ...usualRules, sources: { 'old-crm': { overwrite: { company: 'fill', own: 'fill' } } } });
    await importOne(db, { ...ada, Title: 'Owner', Booth: 'A1' });
    await importCells(db, [{ ...ada, Company: 'Looms', Title: 'Founder', Booth: 'B2', City: 'York' }], { source: 'old-crm' });
    expect(await rowsOf(db, 'select company, title, city, extra from profile')).toEqual([
      { company: 'Engines', title: 'Founder', city: 'York', extra: { Booth: 'A1' } },
    ]);
  });
});

test('whoever tries the product already is put on the sequence where it serves the decision', async () => {
  await importCells(db, [{ ...ada, 'Lead source': 'Free trial' }, { Email: 'bob@looms.example' }], { sequence: 'buyers-journey' });
  const asked = await rowsOf<{ stage: string | null }>(
    db,
    `select data->>'stage' as stage from outbox where type = 'enrolment.asked' order by seq`,
  );
  expect(asked.map(({ stage }) => stage)).toEqual(['decision', null]);
});

test('which column is which is kept for a source, in any case of its name', async () => {
  await mappingOf(db, { source: 'Fair', map: { email: 'Kontakt' }, by: 'test' });
  expect(await mappingOf(db, { source: 'fair', by: 'test' })).toEqual({ map: { email: 'Kontakt' } });
  expect(await mappingOf(db, { source: 'other', by: 'test' })).toEqual({});
});

describe('an import taken back', () => {
  const take = async (id: string, leadIds: readonly string[], gone: boolean): Promise<unknown> =>
    takeBack(db, secret, { id, leadIds, gone });

  test('forgets whom it made, puts back what it changed, and may be imported again', async () => {
    const known = await importOne(db, ada, { batch: 'first/0' });
    const more = { ...ada, Company: 'Looms', Email: 'ada@new.example', 'CRM id': 'c1' };
    await importCells(db, [{ ...ada, 'CRM id': 'c1' }], { batch: 'ids/0' });
    const outcomes = await importCells(db, [more, { Email: 'bob@looms.example' }], { batch: 'second/0', list: 'second', sequence: 's' });
    const made = leadOf(outcomes[1]);
    const found = await importLeads(db, secret, { id: 'second' });
    expect(found?.leads.toSorted((a, b) => Number(a.made) - Number(b.made))).toEqual([
      { leadId: known, made: false, sent: [], command: expect.any(String) },
      { leadId: made, made: true, sent: [], command: expect.any(String) },
    ]);
    await take('second', [made], true);
    await take('second', [known], false);
    await take('second', [made], true);
    await endUndo(db, { id: 'second', by: 'test', because: 'wrong file' });
    expect(await rowsOf(db, 'select company from profile')).toEqual([{ company: 'Engines' }]);
    expect(await rowsOf(db, `select value from identity where kind = 'email'`)).toEqual([{ value: 'ada@engines.example' }]);
    expect(await rowsOf(db, 'select address from email_standing where lead_id = $1', [known])).toEqual([
      { address: 'ada@engines.example' },
    ]);
    expect(await rowsOf(db, `select 1 as n from outbox where type = 'enrolment.asked'`)).toEqual([]);
    expect(await rowsOf(db, `select lead_id from list_member where list = 'second'`)).toEqual([]);
    expect((await importCells(db, [{ Email: 'bob@looms.example' }], { batch: 'second/0' }))[0]).toMatchObject({ as: 'created' });
    expect((await listImports(db, { id: 'second' })).imports[0]).toMatchObject({ outcomes: { created: 1 } });
  });

  test('leaves in place whom somebody else knows, too, and says why', async () => {
    const leadId = await importOne(db, ada, { batch: 'one/0' });
    await importCells(db, [ada], { batch: 'two/0' });
    expect(await importLeads(db, secret, { id: 'one' })).toEqual({
      leads: [{ leadId, made: true, kept: 'another import names them, too', sent: [] }],
    });
    expect(await importLeads(db, secret, { id: 'none' })).toBeUndefined();
  });

  test('says what became of its people, and what was sent to them', async () => {
    const leadId = await importOne(db, ada, {
      batch: 'one/0',
      source: 'fair',
      vendor: 'List Mart',
      cost: { cents: 120_000, currency: 'EUR' },
    });
    await db.query(`insert into send_ledger (lead_id, effect, kind, content, state) values ($1, 'e1', 'lead', 'welcome', 'sent')`, [
      leadId,
    ]);
    expect((await listImports(db, { vendor: 'list-mart' })).imports).toEqual([
      expect.objectContaining({
        id: 'one',
        source: 'fair',
        vendor: 'list-mart',
        cost: { cents: 120_000, currency: 'EUR' },
        outcomes: { created: 1 },
        since: { mailed: 1, bounced: 0, engaged: 0, customers: 0 },
      }),
    ]);
    expect((await importLeads(db, secret, { id: 'one' }))?.leads).toMatchObject([{ sent: ['welcome'] }]);
  });
});
