import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engagementTypes } from '../../events/engagement';
import { asha, nowAt, ripen } from './fake-context';

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
    ['a preview of an event without a time', ['preview', 'buyers-journey', '--event', 'app.login']],
    ['a preview of a mail that was not sent', ['preview', 'buyers-journey', '--event', '1 day: email.clicked touch=ebook']],
    ['a preview of an event after its end', ['preview', 'buyers-journey', '--days', '2', '--event', '3 days: app.login']],
    ['a person that is none', ['preview', 'buyers-journey', '--lead', file('p.json', '{"trait": {}}')]],
    ['a story of nobody', ['story', 'from']],
    ['a story from what are no facts', ['story', 'from', '--from', file('f.json', '{"ok": true}')]],
    ['no days', ['plan', asha.leadId, '--days', 'soon']],
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
    ['plan'],
    ['preview'],
    ['story', 'from'],
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
    ['score', 'train'],
    ['score', 'evaluate'],
    ['score', 'predict'],
    ['score', 'retract'],
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
