/** A lead's facts become a test; the test compiles, passes as it is, and its lead comes to the same facts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '../../workflows/core';
import * as shippedSequences from '../../workflows/sequences';
import { journey } from '../../workflows/testing';
import { firstDifference } from '../../workflows/testing/story/alike';
import { NoStory, storyOf } from '../../workflows/testing/story/story';
import type { Exported } from '../../workflows/testing/story/story';
import { intro, missed, talk, yearly } from './small-sequences';
import { changedSettings, tales } from './tales';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'ripen-story-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { buyersJourney, trialOffer, demoNoShow, newsletter } = shippedSequences;
const exported: readonly Exported[] = Object.entries({
  buyersJourney,
  trialOffer,
  intro,
  talk,
  yearly,
  missed,
  demoNoShow,
  newsletter,
}).map(([name, plan]) => ({
  name,
  plan,
}));
const from = join(folder, 'workflows');
/** The small sequences ran under changed settings. */
const storyFrom = (facts: readonly Fact[]) => {
  const small = facts.some((fact) => fact.type === 'Enrolled' && fact.sequence.startsWith('intro@'));
  return storyOf({ facts, exported, from, ...(small ? { settings: changedSettings } : {}) });
};

/** Where the stories import from: the sequences of the tests, and a journey that remembers its tales. */
const told: { facts(): readonly Fact[] }[] = [];
(globalThis as { remember?: (tale: (typeof told)[number]) => void }).remember = (tale) => void told.push(tale);
beforeAll(() => {
  execFileSync('mkdir', ['-p', from]);
  writeFileSync(
    join(from, 'sequences.ts'),
    `export * from '${root}/workflows/sequences';\nexport * from '${root}/test/testing/small-sequences';\n`,
  );
  writeFileSync(
    join(from, 'testing.ts'),
    `import { journey as begin } from '${root}/workflows/testing';
declare const remember: (tale: { facts(): readonly unknown[] }) => void;
export const journey: typeof begin = (...how) => {
  const tale = begin(...how);
  (globalThis as unknown as { remember: typeof remember }).remember(tale);
  return tale;
};
`,
  );
});

/** Runs the printed test and gives the facts of its lead. */
function run(text: string, name: string): readonly Fact[] {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, text.replace('test(', 'export const tell = (_: string, run: () => void): void => run();\ntell('));
  told.length = 0;
  require(file);
  expect(told).toHaveLength(1);
  return told[0]?.facts() ?? [];
}

describe.each(Object.entries(tales))('the story of %s', (name, tell) => {
  const facts = tell().facts();
  const story = storyFrom(facts);

  test('passes as it is, and its lead comes to the same facts', () => {
    expect(story.differs).toEqual([]);
    expect(firstDifference(facts, run(story.text, name.replace(/\W+/g, '-')))).toBeUndefined();
  });
});

test('every story compiles, with all names checked, and is written as the project writes', () => {
  const stories = mkdtempSync(join(folder, 'all-'));
  Object.values(tales).forEach((tell, at) =>
    writeFileSync(join(stories, `story-${at}.ts`), `${storyFrom(tell().facts()).text}export {};\n`),
  );
  const style = join(root, '.prettierrc.json');
  execFileSync(join(root, 'node_modules', '.bin', 'prettier'), ['--config', style, '--check', stories], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const config = {
    extends: join(root, 'tsconfig.json'),
    include: [stories],
    compilerOptions: { rootDir: '/', noEmit: true, types: ['jest'], typeRoots: [join(root, 'node_modules', '@types')] },
  };
  writeFileSync(join(stories, 'tsconfig.json'), JSON.stringify(config));
  execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', stories], { encoding: 'utf8', stdio: 'pipe' });
}, 60_000);

describe('a story', () => {
  const facts = tales['a hand-raiser: reminded about, breached, met, given back, nurtured on']().facts();

  test('marks the place where the expectation is changed; changed, the test fails', () => {
    const { text } = storyFrom(facts);
    const [before = '', after = ''] = text.split('// What came of it. Write here what should have come of it instead');
    expect(before).toContain(".receives('how-to-guide')");
    expect(after).toContain('.received([');
    const complaint = text.replace(/\.received\(\[/, ".received(['white-paper', ");
    expect(() => run(complaint, 'complaint')).toThrow('The lead was to have received "white-paper"');
  });

  test('holds nothing personal: no id of the lead, a rep or an event, nobody who gave a word and no reason', () => {
    const secret = (fact: Fact): Fact => {
      switch (fact.type) {
        case 'CommandRecorded':
          return { ...fact, id: 'SECRETSECRE', by: 'olga.secret', because: 'Mr Secret called' };
        case 'EngagementRecorded':
          return { ...fact, id: 'SECRETSECRE' };
        case 'HandOffOffered':
        case 'HandOffAccepted':
        case 'HandOffContacted':
          return { ...fact, rep: 'rep-secret' };
        default:
          return fact;
      }
    };
    const offered = journey(buyersJourney, { with: [trialOffer] })
      .lead()
      .does('form.submitted', { form: 'demo' })
      .facts();
    expect(storyFrom(offered.map(secret)).text).toContain("to: 'rep-1'");
    const { text, differs } = storyFrom(facts.map(secret));
    expect(text).not.toMatch(/secret/i);
    expect(differs).toEqual([]);
  });

  test('takes the same arms of a test as the lead did, without the id of the lead', () => {
    const arms = { a: 25, b: 25, c: 25, d: 25 } as const;
    const welcome = intro.phases['hello']?.touches[0];
    if (welcome?.kind !== undefined || welcome === undefined) throw new Error('the small sequence begins with a message');
    const tested = JSON.parse(
      JSON.stringify(intro).replace(JSON.stringify(welcome), JSON.stringify({ ...welcome, variants: arms })),
    ) as typeof intro;
    const plans = exported.map((each) => (each.plan === intro ? { ...each, plan: tested } : each));
    for (const leadId of ['somebody-1', 'somebody-2', 'somebody-3', 'somebody-4']) {
      const lead = journey(tested, { with: [talk], leadId })
        .lead()
        .after('9 days')
        .facts();
      const { text, differs } = storyOf({ facts: lead, exported: plans });
      expect(differs).toEqual([]);
      expect(text).not.toContain(leadId);
    }
  });

  test('says where this repository goes another way than the lead went, and passes all the same', () => {
    const slower = JSON.parse(JSON.stringify(intro).replace('"exhaustedAfter":"10 days"', '"exhaustedAfter":"20 days"')) as typeof intro;
    const lead = journey(slower, { with: [talk], settings: changedSettings })
      .lead()
      .after('30 days')
      .facts();
    const { text, differs } = storyFrom(lead);
    expect(differs).toEqual([expect.stringMatching(/^The lead's own history has .* the tale "Phase hello of e1 ran out" on /)]);
    expect(text).toContain('// The tale is not quite what this lead went through:');
    run(text, 'slower');
  });

  test('leaves out, and names, what the repository has no more', () => {
    const renamed = facts.map((fact) => JSON.parse(JSON.stringify(fact).replaceAll('how-to-guide', 'old-guide')) as Fact);
    const { text, differs } = storyFrom(renamed);
    expect(differs[0]).toBe('Left out: .clicks(\'old-guide\'), because "old-guide" was never sent, so there is no email.clicked in it.');
    run(text, 'renamed');
  });

  test('needs a sequence that the repository has', () => {
    expect(() => storyFrom([])).toThrow(NoStory);
    expect(() => storyOf({ facts, exported: [] })).toThrow('The repository has none of the sequences this lead was on: buyers-journey.');
  });
});
