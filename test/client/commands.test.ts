import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask, RowOutcome } from '../../events/requests';
import { engagementTypes } from '../../events/engagement';
import { Refusal } from '../../client/refusal';
import { commandId } from '../../client/verb';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { life } from './given-facts';

const folder = mkdtempSync(join(tmpdir(), 'ripen-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('wrong usage', () => {
  test.each([
    ['an unknown command', ['bogus']],
    ['an unknown option', ['status', '--bogus']],
    ['a missing option', ['enrol', asha.leadId]],
    ['a missing argument', ['pause']],
    ['too many arguments', ['status', 'a', 'b']],
    ['an event that does not exist', ['engage', 'asha@orchard.example', 'mail.opened']],
    ['an event without the field it needs', ['engage', 'asha@orchard.example', 'form.submitted']],
    ['an event with a field it does not carry', ['engage', 'asha@orchard.example', 'app.login', '--data', 'form=demo']],
    ['data that is no pair', ['enrol', asha.leadId, '--sequence', 's', '--data', 'plan']],
    ['a moment that is none', ['engage', 'asha@orchard.example', 'app.login', '--at', 'yesterday']],
    ['a channel that does not exist', ['suppress', 'asha@orchard.example', '--channel', 'fax']],
    ['consent without its date', ['import', file('c.csv', 'Email\n'), '--source', 's', '--consent', 'yes']],
    ['an id of another length', ['nudge', asha.leadId, '--id', 'short']],
    ['settling as both', ['uncertain', 'settle', asha.leadId, 'e1.x', '--sent', '--not-sent']],
    ['a rep without an address', ['handoff', 'reps', '--add', 'Maya']],
    ['a replay of nothing', ['rejected', 'replay']],
    ['a span that is none', ['stuck', '--overdue', 'long']],
  ])('%s ends with 2 and a sentence, and does nothing', async (_, words) => {
    const { exit, err, out, commands, published } = await ripen({}, ...words, '--json');
    expect({ exit, commands, published }).toEqual({ exit: 2, commands: [], published: [] });
    expect(err).not.toBe('');
    expect(err).not.toMatch(/\n\s+at /);
    expect(JSON.parse(out)).toMatchObject({ ok: false, exit: 2 });
  });

  test('an unknown event is answered with the list of events', async () => {
    const { err } = await ripen({}, 'engage', 'asha@orchard.example', 'mail.opened');
    for (const type of Object.keys(engagementTypes)) expect(err).toContain(type);
  });
});

describe('help', () => {
  const verbs = [
    ['up'],
    ['search-attributes'],
    ['sequences', 'list'],
    ['sequences', 'check'],
    ['sequences', 'publish'],
    ['import'],
    ['lead', 'add'],
    ['enrol'],
    ['move'],
    ['end'],
    ['nudge'],
    ['pause'],
    ['resume'],
    ['suppress'],
    ['engage'],
    ['status'],
    ['timeline'],
    ['explain'],
    ['stuck'],
    ['handoff', 'list'],
    ['handoff', 'accept'],
    ['handoff', 'contacted'],
    ['handoff', 'reject'],
    ['handoff', 'won'],
    ['handoff', 'lost'],
    ['handoff', 'reps'],
    ['uncertain', 'list'],
    ['uncertain', 'settle'],
    ['rejected', 'list'],
    ['rejected', 'show'],
    ['rejected', 'replay'],
    ['rebuild'],
  ];

  test.each(verbs.map((words) => [words.join(' '), words] as const))(
    'of `%s` has a sentence, --json and an example that begins like the command',
    async (name, words) => {
      const { exit, out } = await ripen({}, ...words, '-h');
      expect(exit).toBe(0);
      expect(out).toMatch(/\n\n[A-Z][^]+\.\n/);
      expect(out).toContain('--json');
      expect(out).toMatch(new RegExp(`Examples?:\n  ripen ${name}( |\n)`));
    },
  );

  test('of the whole lists every command', async () => {
    const { out } = await ripen({}, '--help');
    for (const [first] of verbs) expect(out).toMatch(new RegExp(`\n  ${first}\\b`));
  });

  test('lists every event', async () => {
    const { out } = await ripen({}, 'engage', '--help');
    for (const type of Object.keys(engagementTypes)) expect(out).toContain(type);
  });
});

describe('a word to a lead', () => {
  test.each([
    [
      [
        'enrol',
        'asha@orchard.example',
        '--sequence',
        'trial-offer',
        '--campaign',
        'spring',
        '--phase',
        'trial',
        '--data',
        'plan=team',
        '--data',
        'seats=5',
      ],
      { word: 'enrol', sequence: 'trial-offer', campaign: 'spring', phase: 'trial', data: { plan: 'team', seats: 5 } },
    ],
    [['pause', asha.leadId], { word: 'pause' }],
    [['resume', asha.leadId], { word: 'resume' }],
    [['move', asha.leadId, '--enrolment', 'e1', '--phase', 'choose'], { word: 'move', enrolment: 'e1', phase: 'choose' }],
    [['end', asha.leadId, '--enrolment', 'e1'], { word: 'end', enrolment: 'e1' }],
    [['nudge', asha.leadId], { word: 'nudge' }],
    [['handoff', 'accept', asha.leadId], { word: 'accept', handOff: 1 }],
    [['handoff', 'contacted', asha.leadId], { word: 'contacted', handOff: 1 }],
    [['handoff', 'reject', asha.leadId], { word: 'reject', handOff: 1 }],
    [['handoff', 'won', asha.leadId], { word: 'won', handOff: 1 }],
    [['handoff', 'lost', asha.leadId, '--number', '3'], { word: 'lost', handOff: 3 }],
  ])('%j', async (words, command) => {
    const ran = await ripen({ facts: life, answer: { ok: true, says: 'done as asked' } }, ...words, '--because', 'she asked', '--json');
    expect(ran.commands).toEqual([
      {
        leadId: asha.leadId,
        command: { kind: 'command', id: expect.stringMatching(/^[A-Za-z0-9_-]{11}$/), command, by: 'olga', because: 'she asked' },
      },
    ]);
    expect(ran).toMatchObject({ exit: 0, json: { ok: true, lead: asha.leadId, id: ran.commands[0]?.command.id } });
    expect(ran.err).toContain('Asha Rao <asha@orchard.example>: Done as asked.');
  });

  test('that the lead refuses ends with 1 and its reason', async () => {
    const { exit, out, json } = await ripen(
      { answer: { ok: false, says: 'There is no sequence "x".' } },
      'enrol',
      asha.leadId,
      '--sequence',
      'x',
      '--by',
      'petra',
    );
    expect({ exit, out, json }).toEqual({ exit: 1, out: 'Asha Rao <asha@orchard.example>: There is no sequence "x".\n', json: {} });
  });

  test('with an id of its own can be repeated', async () => {
    const { commands } = await ripen({}, 'nudge', asha.leadId, '--id', 'AAAAAAAAAA1', '--by', 'petra');
    expect(commands[0]?.command).toMatchObject({ id: 'AAAAAAAAAA1', by: 'petra' });
    expect(commandId({})).not.toBe(commandId({}));
  });

  test('to somebody nobody knows ends with 3 and is not said', async () => {
    expect(await ripen({}, 'pause', 'bob@nowhere.example')).toMatchObject({
      exit: 3,
      commands: [],
      err: expect.stringContaining('There is no lead "bob@nowhere.example"'),
    });
  });

  test('goes to a lead id even while the people store is away, to an address not', async () => {
    expect(await ripen({ peopleAway: true }, 'nudge', 'lead-asha')).toMatchObject({ exit: 0, commands: [{ leadId: 'lead-asha' }] });
    expect(await ripen({ peopleAway: true }, 'nudge', 'asha@orchard.example')).toMatchObject({ exit: 1, commands: [] });
  });

  test('with Temporal away says what to do, and leaves no connection open', async () => {
    const { exit, err, did } = await ripen({ temporalAway: true }, 'nudge', asha.leadId);
    expect({ exit, did }).toEqual({ exit: 1, did: ['closed'] });
    expect(err).toContain('ripen up');
  });

  test('about a hand-off that is not open says so', async () => {
    expect(await ripen({ facts: [] }, 'handoff', 'accept', asha.leadId)).toMatchObject({
      exit: 1,
      commands: [],
      err: expect.stringContaining('no open hand-off'),
    });
  });
});

describe('pause', () => {
  test('holds in the send ledger before the workflow hears of it', async () => {
    const { asked } = await ripen({}, 'pause', asha.leadId);
    expect(asked.map(({ verb, ask }) => [verb, ask])).toContainEqual(['hold', { leadId: asha.leadId, held: true, by: 'olga' }]);
  });

  test('goes to the workflow all the same when the ledger cannot be reached', async () => {
    expect(await ripen({ peopleAway: true }, 'pause', 'lead-asha')).toMatchObject({
      exit: 0,
      commands: [{ command: { command: { word: 'pause' } } }],
    });
  });

  test('says that nothing is sent any more when only Temporal is away', async () => {
    const { exit, err } = await ripen({ temporalAway: true }, 'pause', asha.leadId);
    expect(exit).toBe(1);
    expect(err).toContain("Nothing is sent any more, but the lead's history was not told");
  });
});

describe('suppress', () => {
  const world: World = { people: { suppress: ({ who }) => (who.startsWith('@') ? { entries: 1 } : { leadId: asha.leadId, entries: 2 }) } };

  test('acts in the people store first, then tells the lead', async () => {
    const { exit, asked, commands } = await ripen(world, 'suppress', 'asha@orchard.example', '--because', 'on the phone');
    expect(exit).toBe(0);
    expect(asked).toEqual([
      { verb: 'suppress', ask: { who: 'asha@orchard.example', channel: 'all', because: 'on the phone', by: 'olga' } },
    ]);
    expect(commands).toMatchObject([{ leadId: asha.leadId, command: { command: { word: 'suppress', channel: 'all' } } }]);
  });

  test('is lifted the same way', async () => {
    const { asked, commands } = await ripen(world, 'suppress', 'asha@orchard.example', '--channel', 'email', '--lift');
    expect(asked[0]).toMatchObject({ ask: { lift: true, channel: 'email' } });
    expect(commands).toMatchObject([{ command: { command: { word: 'unsuppress', channel: 'email' } } }]);
  });

  test('of a domain has no lead to tell', async () => {
    expect(await ripen(world, 'suppress', '@competitor.example')).toMatchObject({ exit: 0, commands: [] });
  });

  test('of somebody suppressed already is done, not failed', async () => {
    expect(
      await ripen({ ...world, answer: { ok: false, says: 'all is suppressed already.' } }, 'suppress', 'asha@orchard.example'),
    ).toMatchObject({ exit: 0 });
  });
});

describe('engage', () => {
  test('publishes one CloudEvent under the keyed hash of whom it names', async () => {
    const { exit, published, json } = await ripen(
      {},
      'engage',
      'asha@orchard.example',
      'webinar.attended',
      '--data',
      'webinar=planning',
      '--data',
      'minutes=40',
      '--at',
      '2026-11-02T15:00:00Z',
      '--id',
      'ev-1',
      '--json',
    );
    expect(exit).toBe(0);
    expect(published).toEqual([
      {
        subject: expect.stringMatching(/^engagement\.webinar\.attended\.[A-Za-z0-9_-]{11}$/),
        msgId: '/ripen/cli ev-1',
        event: {
          specversion: '1.0',
          id: 'ev-1',
          source: '/ripen/cli',
          type: 'webinar.attended',
          time: '2026-11-02T15:00:00.000Z',
          data: { who: { email: 'asha@orchard.example' }, webinar: 'planning', minutes: 40 },
        },
      },
    ]);
    expect(json).toMatchObject({ ok: true, id: 'ev-1', seq: 7, duplicate: false, known: true });
  });

  test.each([
    ['lead-asha', { lead: 'lead-asha' }],
    ['+44 20 7946 0110', { phone: '+44 20 7946 0110' }],
  ])('names %s by what it is', async (who, expected) => {
    const { published } = await ripen({}, 'engage', who, 'app.login');
    expect(published[0]?.event).toMatchObject({ data: { who: expected } });
    expect(published[0]?.event).not.toHaveProperty('time');
  });

  test('publishes for somebody unknown too, and says where that ends', async () => {
    const { exit, out, published } = await ripen({}, 'engage', 'bob@nowhere.example', 'app.login');
    expect([exit, published.length]).toEqual([0, 1]);
    expect(out).toContain('Nobody is known as bob@nowhere.example');
  });
});

describe('import', () => {
  const outcomeOf = ({ row, fields }: Ask<'import'>['rows'][number]): RowOutcome => {
    const email = (fields['email'] ?? fields['Email'] ?? '').toLowerCase();
    if (!email.includes('@')) return { row, as: 'rejected', code: 'address-malformed', field: 'email', says: `"${email}" is no address` };
    if (email.startsWith('cust')) return { row, as: 'customer', says: 'is a customer already' };
    if (email.startsWith('again')) return { row, as: 'duplicate', says: 'is row 1 again' };
    if (email.startsWith('stop')) return { row, as: 'suppressed', says: 'must not be contacted' };
    return { row, as: email.startsWith('old') ? 'updated' : 'created', leadId: `lead-${row}` };
  };
  const world: World = { people: { import: ({ rows }) => ({ outcomes: rows.map(outcomeOf) }) } };
  const dirty =
    '\ufeffEmail;Name\nann@x.example;Ann\nold@x.example;Olaf\n"cust@x.example;Cy"\nagain@x.example;Ann\nstop@x.example;Sue\nnobody;Bob\nshort@x.example\n;\nzoë@x.example;Zoë\n';

  test('gives every row an outcome, and every rejected row a number, a line and a reason in a file', async () => {
    const rejects = join(folder, 'bad.csv');
    const { exit, json, err } = await ripen(world, 'import', file('dirty.csv', dirty), '--source', 'fair', '--rejects', rejects, '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      rows: 8,
      created: 2,
      updated: 1,
      customers: 1,
      duplicates: 1,
      suppressed: 1,
      rejected: 2,
      repaired: 1,
      dryRun: false,
      byReason: { 'ragged-row': 1, 'address-malformed': 1 },
    });
    expect(readFileSync(rejects, 'utf8').split('\r\n')).toEqual([
      '\ufeffrow,line,reason,field,says,original',
      '7,8,ragged-row,,has 1 cell where the header has 2,short@x.example',
      '6,7,address-malformed,email,"""nobody"" is no address",nobody;Bob',
      '',
    ]);
    expect(err).toContain('1 row stood in quotation marks as a whole and was repaired.');
  });

  test('sends batches of 200 with names that are the same for the same file and terms, and others for others', async () => {
    const list = file('long.csv', `Email\n${Array.from({ length: 450 }, (_, at) => `p${at}@x.example\n`).join('')}`);
    const batches = async (...more: string[]): Promise<readonly (readonly [string, number])[]> => {
      const { asked } = await ripen(world, 'import', list, '--source', 'fair', ...more);
      return asked.map(({ ask }) => [(ask as Ask<'import'>).batch, (ask as Ask<'import'>).rows.length]);
    };
    const first = await batches();
    expect(first.map(([, rows]) => rows)).toEqual([200, 200, 50]);
    expect(new Set(first.map(([batch]) => batch)).size).toBe(3);
    expect(await batches('--by', 'petra')).toEqual(first);
    expect(await batches('--sequence', 'buyers-journey')).not.toEqual(first);
    expect(await batches('--dry-run')).not.toEqual(first);
    expect((await batches('--batch', 'mine'))[0]).toEqual(['mine/0', 200]);
  });

  test('hands over source, list, consent, sequence, campaign and who does it', async () => {
    const { asked } = await ripen(
      world,
      'import',
      file('one.csv', 'Email\na@x.example\n'),
      '--source',
      'fair',
      '--list',
      'november',
      '--consent',
      'ticked',
      '--obtained',
      '2026-11-02T00:00:00Z',
      '--sequence',
      's',
      '--campaign',
      'c',
      '--by',
      'petra',
      '--dry-run',
    );
    expect(asked[0]?.ask).toMatchObject({
      source: 'fair',
      list: 'november',
      consent: { text: 'ticked', obtainedAt: Date.UTC(2026, 10, 2) },
      sequence: 's',
      campaign: 'c',
      by: 'petra',
      dryRun: true,
    });
  });

  test('takes a field from the column it is told, and knows when there is none', async () => {
    const list = file('map.csv', 'Mail,Email\nann@x.example,not this\n');
    const { asked } = await ripen(world, 'import', list, '--source', 's', '--map', 'email=Mail');
    expect((asked[0]?.ask as Ask<'import'>).rows).toEqual([{ row: 1, fields: { email: 'ann@x.example' } }]);
    expect(await ripen(world, 'import', list, '--source', 's', '--map', 'email=Post')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('The columns are: Mail, Email'),
    });
  });

  test('asks again with the same batch when an answer is lost, and imports on', async () => {
    let lost = 1;
    const { exit, json, asked } = await ripen(
      {
        people: {
          import: (ask) => {
            if (lost-- > 0) throw awayOnce();
            return { outcomes: ask.rows.map(outcomeOf) };
          },
        },
      },
      'import',
      file('lost.csv', 'Email\na@x.example\n'),
      '--source',
      's',
      '--json',
    );
    expect([exit, json['created']]).toEqual([0, 1]);
    expect(asked.map(({ ask }) => (ask as Ask<'import'>).batch)[0]).toBe((asked[1]?.ask as Ask<'import'>).batch);
  });

  test.each([
    ['a file that is not there', 'nothing.csv', undefined, 3, 'There is no file'],
    ['a workbook', 'book.csv', 'PK\u0003\u0004', 1, 'Save it as CSV'],
    ['an empty file', 'empty.csv', '', 1, 'the list is empty'],
    ['a list without a header', 'bare.csv', 'a@x.example,Ann\n', 1, 'not the names of the columns'],
  ])('says what is wrong with %s', async (_, name, text, exit, says) => {
    const path = text === undefined ? join(folder, name) : file(name, text);
    expect(await ripen(world, 'import', path, '--source', 's')).toMatchObject({ exit, err: expect.stringContaining(says), asked: [] });
  });

  test('of one person is `lead add`, which says when there is no consent', async () => {
    const { exit, out, asked } = await ripen(
      world,
      'lead',
      'add',
      '--email',
      'ann@x.example',
      '--first-name',
      'Ann',
      '--source',
      'walk-in',
    );
    expect([exit, asked[0]?.ask]).toEqual([
      0,
      expect.objectContaining({ source: 'walk-in', rows: [{ row: 1, fields: { Email: 'ann@x.example', 'First Name': 'Ann' } }] }),
    ]);
    expect(out).toContain('a new lead: lead-1');
    expect(out).toContain('No consent was given');
    expect(await ripen(world, 'lead', 'add', '--email', 'nobody')).toMatchObject({
      exit: 1,
      err: '',
      out: expect.stringContaining('was not added'),
    });
    expect(await ripen(world, 'lead', 'add', '--first-name', 'Ann')).toMatchObject({ exit: 2 });
  });
});

const awayOnce = (): Error => new Refusal('Nobody answers.', 1, 'people-away');

test('what runs in the foreground is started as it ships, and its exit code is passed on', async () => {
  const up = await ripen({ child: 0 }, 'up', '--fresh');
  const attributes = await ripen({ child: 2 }, 'search-attributes');
  expect([up.exit, ...up.did]).toEqual([0, expect.stringMatching(/^dist\/worker\/main\.js --up --dir \.ripen --fresh$/), 'closed']);
  expect([attributes.exit, attributes.did[0]]).toEqual([2, 'dist/worker/main.js --register-search-attributes']);
});

test('the clock of the tests is the clock of the commands', async () => {
  const { queries } = await ripen({}, 'stuck');
  expect(queries[0]).toContain(new Date(nowAt - 3_600_000).toISOString().slice(0, 19));
});
