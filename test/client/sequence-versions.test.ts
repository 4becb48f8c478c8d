/** The command line over versions of a sequence: pictures, sentences, what an edit means to the people inside, and moving them. */
import { artefactOf, refOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import type { Fact, Plan } from '../../workflows/core';
import { defineSequence, email } from '../../workflows/core/words';
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { fact } from './given-facts';
import { fits, published } from './small-world';

const planOf = (version: number, ...steps: readonly string[]): Plan =>
  defineSequence({
    id: 'season',
    version,
    model: 'b2b-points',
    phases: { only: { touches: steps.map((id) => email(id, { after: '2 days' })), exhaustedAfter: '30 days' } },
  });
const [one, two] = [planOf(1, 'hello', 'story', 'offer'), planOf(2, 'hello', 'offer')];
const listed = (plan: Plan, current: boolean): Reply<'published'>['artefacts'][number] => {
  const { kind, id, version, digest, body } = artefactOf('plan', plan);
  return { kind, ref: refOf(id, version, digest), publishedAt: 1, current, body };
};
const facts: readonly Fact[] = [
  fact('LeadResumed', { run: 'run-1' }),
  fact('Enrolled', { enrolment: 'e1', sequence: listed(one, false).ref, phase: 'only', data: {}, because: 'enrolled by olga' }),
  fact('TouchWithheld', { enrolment: 'e1', touch: 'hello', content: 'hello@1#aaaaaaaaaaaa', because: 'condition' }),
];
const world: World = {
  facts,
  people: { published: () => ({ artefacts: [...published, listed(one, false), listed(two, true)] }) },
  listed: () => [{ leadId: asha.leadId, sequences: ['season@1'], startedAt: 1 }],
};

describe('upgrade', () => {
  test('shows on a dry run who stands where and where they would stand, and changes nothing', async () => {
    const { exit, out, commands, queries } = await ripen(world, 'sequences', 'upgrade', 'season', '--now', '--dry-run');
    expect([exit, commands]).toEqual([0, []]);
    expect(queries[0]).toContain("LeadSequence IN ('season@1')");
    expect(out).toMatch(/season@1 +only: "story" +only: "offer" +1/);
    fits(out);
  });

  test('moves each person by one word that a repeat says again with the same id', async () => {
    const [first, again] = [await ripen(world, 'sequences', 'upgrade', 'season@2'), await ripen(world, 'sequences', 'upgrade', 'season@2')];
    expect(first.commands.map(({ leadId, command }) => [leadId, command.command])).toEqual([
      [asha.leadId, { word: 'upgrade', enrolment: 'e1', to: 'season@2', when: 'next-phase' }],
    ]);
    expect(first.commands[0]?.command.id).toMatch(/^[A-Za-z0-9_-]{11}$/);
    expect(again.commands[0]?.command.id).toBe(first.commands[0]?.command.id);
    expect(first.out).toContain('Will move with their next phase: 1 person to season@2.');
  });

  test('says of whom it could not move why, and fails', async () => {
    const { exit, err } = await ripen(
      { ...world, answer: { ok: false, says: 'e1 is on season@2 already.' } },
      'sequences',
      'upgrade',
      'season@2',
    );
    expect([exit, err]).toEqual([1, expect.stringContaining('Nobody was moved. The first answer: e1 is on season@2 already.')]);
  });

  test('knows no version that is not published', async () => {
    expect((await ripen(world, 'sequences', 'upgrade', 'season@7')).exit).toBe(3);
    const { exit, err } = await ripen(world, 'sequences', 'upgrade', 'season@2', '--from', '9');
    expect([exit, err]).toEqual([2, expect.stringContaining('There is no other version 9 of season; there is: season@1.')]);
  });
});

describe('diff', () => {
  test('says what changed and what it means to the people on the older version', async () => {
    const { exit, out, json } = await ripen(world, 'sequences', 'diff', 'season@1', 'season@2', '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      changes: [{ as: 'removed', at: 'phases.only.story' }],
      people: [{ version: 'season@1', now: 'only: "story"', there: 'only: "offer"', leads: 1 }],
    });
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  test('does without the people where nothing runs', async () => {
    const { exit, out } = await ripen({ peopleAway: true }, 'sequences', 'diff', 'trial-offer', 'trial-offer@1');
    expect([exit, out.trim()]).toEqual([0, 'trial-offer@1 and trial-offer@1 say the same.']);
  });

  test('compares versions of one sequence only', async () =>
    expect((await ripen({ peopleAway: true }, 'sequences', 'diff', 'trial-offer', 'buyers-journey')).exit).toBe(2));
});

test('draw and explain need nothing that runs', async () => {
  const drawn = await ripen({ peopleAway: true }, 'sequences', 'draw', 'trial-offer');
  expect([drawn.exit, drawn.out.split('\n')[0]]).toEqual([0, 'flowchart TD']);
  const explained = await ripen({ peopleAway: true }, 'sequences', 'explain', 'trial-offer', '--json');
  expect(explained.json).toMatchObject({ ok: true, sequence: 'trial-offer@1' });
  expect((await ripen({ peopleAway: true }, 'sequences', 'draw', 'nowhere')).exit).toBe(3);
});

test('settings say what may be set for a campaign, and need nothing that runs', async () => {
  const none = await ripen({ peopleAway: true }, 'sequences', 'settings', 'trial-offer');
  expect(none).toMatchObject({ exit: 0, out: expect.stringContaining('trial-offer@1 has no settings') });
  expect((await ripen({ peopleAway: true }, 'sequences', 'settings', 'nowhere')).exit).toBe(3);
});
