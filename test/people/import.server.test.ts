/** A list becomes leads: one a person, however often and by however many imports at once the person is named. */
import type { Database } from '../../activities/people/database';
import { importRows, type ImportAsk } from '../../activities/people/import';
import { freshStore, importCells, importOne, leadOf, monday, rowsOf, secret } from './store';

let db: Database;
beforeEach(async () => {
  ({ db } = await freshStore());
});
afterEach(() => db.close());

const ada = { Email: 'ada@engines.example', 'First name': 'Ada', Company: 'Engines' };
const leads = async (): Promise<number> => (await rowsOf<{ n: number }>(db, 'select count(*) as n from lead'))[0]?.n ?? 0;
const outbox = (): Promise<readonly { type: string; data: Record<string, unknown> }[]> =>
  rowsOf(db, 'select type, data from outbox order by seq');

describe('each row ends in one outcome', () => {
  test('a new person is created, with profile, codes, consent and news for the lead', async () => {
    const leadId = await importOne(db, { ...ada, Title: 'Founder', Country: 'UK', Employees: '30', Source: 'Webinar' });
    expect(leadId).toMatch(/^ld_[a-z2-7]{20}$/);
    expect(await outbox()).toEqual([
      {
        type: 'profile.changed',
        data: {
          leadId,
          version: 1,
          traits: {
            source: 'webinar',
            seniority: 'owner',
            country: 'GB',
            zone: 'Europe/London',
            department: 'management',
            language: 'en',
            size: '11-50',
            account: expect.any(String),
          },
          consent: { email: 'granted' },
        },
      },
    ]);
  });

  test('the same person in other case and with a tag is a duplicate of that row', async () => {
    const outcomes = await importCells(db, [ada, { Email: ' ADA+news@Engines.Example' }]);
    expect(outcomes).toEqual([
      { row: 1, as: 'created', leadId: expect.any(String) },
      { row: 2, as: 'duplicate', leadId: leadOf(outcomes[0]), of: 'row 1', says: expect.stringContaining('row 1') },
    ]);
    expect(await leads()).toBe(1);
  });

  test('a row with more about a known person fills the blanks', async () => {
    const outcomes = await importCells(db, [ada, { ...ada, Title: 'Owner', Company: 'Other' }]);
    expect(outcomes[1]).toEqual({ row: 2, as: 'updated', leadId: leadOf(outcomes[0]) });
    expect(await rowsOf(db, 'select title, company from profile')).toEqual([{ title: 'Owner', company: 'Engines' }]);
  });

  test('another file replaces what was known, but not where the person came from', async () => {
    const leadId = await importOne(db, { ...ada, Source: 'Webinar' });
    expect(await importCells(db, [{ ...ada, Company: 'Looms', Source: 'Google' }])).toEqual([{ row: 1, as: 'updated', leadId }]);
    expect(await rowsOf(db, 'select company, source from profile')).toEqual([{ company: 'Looms', source: 'Webinar' }]);
  });

  test('another spelling of the same is nothing new', async () => {
    const leadId = await importOne(db, { ...ada, City: 'Zürich' });
    expect(await importCells(db, [{ ...ada, Company: 'ENGINES', City: 'Zurich' }])).toMatchObject([{ as: 'duplicate', leadId }]);
  });

  test('existing customers are not taken in; a lead who turned out to be one is told so', async () => {
    const leadId = await importOne(db, ada);
    expect(
      await importCells(db, [{ Email: 'new@engines.example', Customer: 'yes' }, { ...ada, Customer: 'YES' }, ada], { sequence: 'trial' }),
    ).toEqual([
      { row: 1, as: 'customer', says: expect.any(String) },
      { row: 2, as: 'customer', leadId, says: expect.any(String) },
      { row: 3, as: 'customer', leadId, says: expect.any(String) },
    ]);
    expect((await outbox()).map(({ type, data }) => [type, (data['traits'] as Record<string, unknown>)['customer']])).toEqual([
      ['profile.changed', undefined],
      ['profile.changed', true],
    ]);
  });

  test('rows that cannot be read are refused with code, column and sentence', async () => {
    expect(await importCells(db, [{ Email: 'ada@lovelace' }, { Email: '', 'First name': 'Ada' }, { Email: '', Phone: '' }])).toEqual([
      { row: 1, as: 'rejected', code: 'address-invalid', field: 'Email', says: expect.any(String) },
      { row: 2, as: 'rejected', code: 'no-contact', says: expect.any(String) },
      { row: 3, as: 'rejected', code: 'row-empty', says: expect.any(String) },
    ]);
    expect(await leads()).toBe(0);
  });

  test('who was suppressed is not taken in again', async () => {
    await db.query(
      `insert into suppression (key, channel, kind, because, at_ms, by) select key, 'email', 'opt-out', 'x', 1, 'test' from identity`,
    );
    await importCells(db, [{ ...ada, 'Do not email': 'yes' }]);
    expect(await importCells(db, [{ Email: 'Ada+x@Engines.example' }])).toEqual([
      { row: 1, as: 'suppressed', says: expect.stringContaining('opted out') },
    ]);
    expect(await leads()).toBe(0);
  });
});

describe('people without an address', () => {
  test('are known by their number, and get their address later', async () => {
    const phone = { Phone: '+49 30 23125 871', 'Last name': 'Brandl' };
    const leadId = await importOne(db, phone);
    expect(await importCells(db, [{ ...phone, Email: 'monika@stellwerk.example' }])).toEqual([{ row: 1, as: 'updated', leadId }]);
    expect(await rowsOf(db, 'select address from email_standing')).toEqual([{ address: 'monika@stellwerk.example' }]);
  });

  test('who share a number and bear other names are not one person', async () => {
    const outcomes = await importCells(db, [
      { Phone: '+493023125871', 'First name': 'Monika' },
      { Phone: '+493023125871', 'First name': 'Karl' },
      { Phone: '+493023125871', 'First name': 'Karl', Email: 'karl@stellwerk.example' },
    ]);
    expect(outcomes.map(({ as }) => as)).toEqual(['created', 'rejected', 'created']);
    expect(outcomes[1]).toMatchObject({ code: 'contact-taken' });
  });

  test('may be known by an outside id, and a new address under the same id is theirs from now on', async () => {
    const leadId = await importOne(db, { 'CRM id': 'crm-7', Email: 'ada@old.example' });
    expect(await importCells(db, [{ 'CRM id': 'crm-7', Email: 'ada@new.example' }])).toEqual([{ row: 1, as: 'updated', leadId }]);
    expect(await rowsOf(db, 'select address from email_standing')).toEqual([{ address: 'ada@new.example' }]);
  });
});

describe('an import asked twice', () => {
  const ask: ImportAsk = {
    batch: 'list/0',
    source: 'fair',
    by: 'test',
    sequence: 'saas-trial',
    campaign: 'spring',
    rows: [{ row: 1, fields: ada }, { row: 2, fields: { Email: 'no address' } }, { row: 3, fields: { Email: 'bob@looms.example' } }],
  }; // prettier-ignore

  test('answers the same and changes nothing', async () => {
    const first = await importRows(db, ask, { secret });
    const before = await outbox();
    expect(await importRows(db, ask, { secret })).toEqual(first);
    expect([await leads(), await outbox()]).toEqual([2, before]);
  });

  test('enrols each created or updated lead once, after its profile', async () => {
    await importRows(db, ask, { secret });
    await importRows(db, { ...ask, batch: 'list/1', rows: [{ row: 4, fields: { ...ada, Title: 'Owner' } }] }, { secret });
    const asked = (await outbox()).filter(({ type }) => type === 'enrolment.asked');
    const order = await outbox();
    for (const { data } of asked)
      expect(
        order
          .filter((event) => event.data['leadId'] === data['leadId'])
          .map(({ type }) => type)
          .slice(0, 2),
      ).toEqual(['profile.changed', 'enrolment.asked']);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.data).toEqual({
      leadId: expect.any(String),
      sequence: 'saas-trial',
      campaign: 'spring',
      by: 'test',
      because: 'import of fair',
      commandId: expect.stringMatching(/^[\w-]{11}$/),
    });
  });

  test('as a dry run first tells what would happen and leaves no trace', async () => {
    const { outcomes } = await importRows(db, { ...ask, dryRun: true }, { secret });
    expect(outcomes.map(({ as }) => as)).toEqual(['created', 'rejected', 'created']);
    for (const table of ['lead', 'profile', 'identity', 'import_batch', 'import_row', 'outbox', 'consent', 'list_member'])
      expect([table, await rowsOf(db, `select * from ${table}`)]).toEqual([table, []]);
    expect((await importRows(db, ask, { secret })).outcomes.map(({ as }) => as)).toEqual(['created', 'rejected', 'created']);
  });
});

describe('consent', () => {
  const code = async (): Promise<unknown> => (await rowsOf<{ consent: unknown }>(db, 'select consent from lead'))[0]?.consent;

  test('is none where neither list nor row says anything', async () => {
    await importRows(db, { batch: 'b', source: 'fair', by: 'test', rows: [{ row: 1, fields: ada }] }, { secret });
    expect(await code()).toEqual({ email: 'none' });
  });

  test('of a row counts before that of the list', async () => {
    await importCells(db, [{ ...ada, 'Opt-in': 'no' }]);
    expect(await code()).toEqual({ email: 'none' });
  });

  test('is kept with its evidence', async () => {
    await importOne(db, ada);
    expect(await rowsOf(db, 'select state, text, obtained_ms, source, by from consent')).toEqual([
      { state: 'granted', text: 'I agree to be written to.', obtained_ms: monday, source: 'fair', by: 'test' },
    ]);
  });
});
