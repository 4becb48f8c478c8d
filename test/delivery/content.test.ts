import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadContent, readContent } from '../../workflows/content/load';

const dir = mkdtempSync(join(tmpdir(), 'ripen-content-'));
mkdirSync(join(dir, 'rep'));
afterAll(() => rmSync(dir, { recursive: true }));

const piece = (front: string, body = '<p>Hello</p>') => `---\n${front}\n---\n${body}\n`;
const files = (contents: Readonly<Record<string, string>>): void => {
  rmSync(dir, { recursive: true });
  mkdirSync(join(dir, 'rep'), { recursive: true });
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(dir, name), text);
};
const good = 'id: welcome\nversion: 1\nkind: blog\nstage: awareness\nlanguage: en\nsubject: Hello';

test('the pieces this repository ships are without a fault', () => {
  const shipped = loadContent(join(__dirname, '../../workflows/content'));
  expect(shipped.length).toBeGreaterThan(20);
  expect(shipped.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['welcome', 'rep-offer', 'rep-reminder', 'rep-breach', 'rep-withdrawn', 'rep-doubt']),
  );
});

test('a piece is its front matter and its template', () => {
  files({ 'welcome.liquid': piece(good, '<p>Hello {{ person.firstName | default: "there" }}</p>') });
  const [artefact] = loadContent(dir);
  expect(artefact).toMatchObject({
    kind: 'content',
    id: 'welcome',
    version: 1,
    body: { stage: 'awareness', subject: 'Hello', template: '<p>Hello {{ person.firstName | default: "there" }}</p>' },
  });
});

test('another word in a piece is another digest', () => {
  files({ 'welcome.liquid': piece(good, '<p>one</p>') });
  const [before] = loadContent(dir);
  files({ 'welcome.liquid': piece(good, '<p>two</p>') });
  expect(loadContent(dir)[0]?.digest).not.toBe(before?.digest);
});

test('every fault of every piece is said at once, with its file and field', () => {
  files({
    'a.liquid': 'no front matter at all',
    'b.liquid': piece('id: b\nversion: two\nkind: poem\nlanguage: english\nsubject: ""\ncolour: red'),
    'c.liquid': piece('id: other\nversion: 1\nkind: blog\nlanguage: en\nsubject: Hello {{ lead.name }}', '{% if person.firstName %}<p>'),
    'd.liquid': piece(
      'id: d\nversion: 1\nkind: offer\nlanguage: en\nsubject: Hi\npurpose: service',
      '<p>{{ person.firstName | shout }}</p>',
    ),
    'e.liquid': piece('id: e\nversion: 1\nkind: blog\nlanguage: en\nsubject: Hi', '<p>{{ "x" | shout }}</p>'),
    'f.liquid': piece('id: f\nversion: [1\nkind: blog'),
    'g.liquid': piece('id: g\nversion: 1\nkind: blog\nlanguage: en\nsubject: Hi', ''),
  });
  const said = readContent(dir).faults.map(({ path, says }) => `${path}: ${says}`);
  expect(said).toEqual([
    expect.stringMatching(/^a.liquid: must begin with front matter/),
    expect.stringMatching(/^b.liquid.version: /),
    expect.stringMatching(/^b.liquid.kind: must be one of blog/),
    expect.stringMatching(/^b.liquid.language: must be a language/),
    expect.stringMatching(/^b.liquid.subject: is empty/),
    expect.stringMatching(/^b.liquid: .*colour/),
    expect.stringMatching(/^c.liquid.id: is "other"; name the file other.liquid/),
    expect.stringMatching(/^c.liquid.subject: names "lead"/),
    expect.stringMatching(/^c.liquid.template: .*not closed/),
    expect.stringMatching(/^d.liquid.purpose: an offer is marketing/),
    expect.stringMatching(/^e.liquid.template: .*shout/),
    expect.stringMatching(/^f.liquid: /),
    expect.stringMatching(/^g.liquid: has no text/),
  ]);
  expect(() => loadContent(dir)).toThrow(/the content has 13 faults/);
});
