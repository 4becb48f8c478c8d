import { date } from '../../client/print';
import { fold, initial } from '../../workflows/core';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fact } from './given-facts';
import { facts, fits, world } from './small-world';

describe('explain', () => {
  test('shows every entry of points, and their sum is the score', async () => {
    const { exit, json, out } = await ripen(world, 'explain', asha.leadId, '--json');
    const [ledger] = json['ledgers'] as readonly {
      readonly sum: number;
      readonly total: number;
      readonly entries: readonly { readonly counted: number }[];
    }[];
    expect(exit).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(ledger?.entries.map(({ counted }) => counted)).toEqual([5_000, 20_000, 5_000, -2_500]);
    expect([ledger?.sum, ledger?.total, json['score']]).toEqual([27_500, 27_500, 27]);
    expect(ledger?.entries).toMatchObject([
      { what: 'where the person comes from' },
      { what: 'form.submitted', rule: 'form' },
      { what: 'page.viewed', raw: 7_500, capped: 'day' },
      { what: 'the passing of time' },
    ]);
  });

  test('says in words why this stage, and why two messages were not sent', async () => {
    const { out } = await ripen(world, 'explain', asha.leadId);
    fits(out);
    expect(out).toMatch(/27\.5 points by model b2b-points@1#0123456789ab/);
    expect(out).toMatch(/Stage: awareness\n[^]+awareness +phase learn of buyers-journey@1/);
    expect(out).toMatch(/ebook +this person had the same content before/);
    expect(out).toMatch(/webinar +there is no consent to marketing messages/);
    expect(out).toMatch(/cap per day/);
    expect(out).toMatch(/Delivery unknown\ne1\.learn\.guide\.1/);
  });

  test('says why it waits, with the rep by name and in local time', async () => {
    const { out } = await ripen(world, 'explain', asha.leadId);
    expect(out).toContain(`is offered to Maya Okafor; to be contacted by ${date(Date.UTC(2026, 10, 25))}.`);
    expect(out).toMatch(/buyers-journey@1, phase learn \(e1\): every message of the phase is done|"\w+" is due at/);
    expect(out).not.toMatch(/ UTC|rep-maya/);
  });

  test('counts from a repair on what it brought over', async () => {
    const state = fold(initial(asha.leadId), facts);
    const { json } = await ripen(
      { ...world, facts: [...facts, fact('LeadRestated', { state, because: 'facts-behind' })] },
      'explain',
      asha.leadId,
      '--json',
    );
    expect(json['ledgers']).toMatchObject([{ sum: 27_500, entries: [{ what: 'set by a repair', counted: 27_500 }] }]);
  });

  test('shows the facts even while nothing published can be asked for', async () => {
    const { exit, out, err } = await ripen({ facts, peopleAway: true }, 'explain', 'lead-asha');
    expect(exit).toBe(0);
    expect(out).toContain('It cannot be said now.');
    expect(err).toContain('people store');
  });
});

describe('status of a lead', () => {
  test('shows person, stage, score, sequence, hand-off and the next look', async () => {
    const { exit, out, json } = await ripen(world, 'status', 'asha@orchard.example');
    fits(out);
    expect([exit, json]).toEqual([0, {}]);
    for (const part of [
      'Asha Rao <asha@orchard.example>, lead lead-asha',
      'awareness',
      '27, grade B, warm (by score)',
      'Orchard Ltd',
      'buyers-journey@1, phase learn (e1), campaign spring',
      date(nowAt + 3_600_000),
      'Delivery unknown',
    ])
      expect(out).toContain(part);
  });

  test('as JSON holds the same', async () => {
    const { json } = await ripen(world, 'status', asha.leadId, '--json');
    expect(json).toMatchObject({
      ok: true,
      lead: asha.leadId,
      stage: 'awareness',
      qualification: 'lead',
      score: 27,
      grade: 'B',
      sequences: [{ enrolment: 'e1', phase: 'learn' }],
      handOff: { number: 1, rep: 'rep-maya' },
      wakeAt: nowAt + 3_600_000,
      running: true,
    });
  });

  test('names a problem by what it means, not by its code', async () => {
    const { out } = await ripen({ ...world, view: { ...world.view!, problem: 'facts-away' } }, 'status', asha.leadId);
    expect(out).toContain('NATS did not answer; the lead waits and decides nothing.');
  });

  test('of nobody ends with 3', async () => {
    expect(await ripen({}, 'status', 'bob@nowhere.example')).toMatchObject({ exit: 3 });
  });
});

describe('status of all', () => {
  const all: World = {
    people: {
      summary: () => ({ leads: 12, byStage: { awareness: 9, none: 3 }, byQualification: { lead: 10, mql: 2 }, asOfAt: nowAt, lag: 0 }),
      uncertain: () => ({ sends: [{ leadId: 'a', effect: 'e', content: 'c@1', sinceAt: 1, because: 'x' }] }),
    },
    listed: () => [
      { leadId: 'a', sequences: [], startedAt: 1, problem: 'facts-away' },
      { leadId: 'b', sequences: [], startedAt: 1, problem: 'facts-away' },
    ],
    stream: () => ({ state: { subjects: { 'rejected.lead-unknown.x': 4 } }, total: 1 }),
  };

  test('counts leads by stage, problems, unknown deliveries and rejected messages', async () => {
    const { exit, out, json } = await ripen(all, 'status', '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      ok: true,
      leads: 12,
      byStage: { awareness: 9 },
      problems: { 'facts-away': 2 },
      uncertain: 1,
      rejected: { total: 4, byCode: { 'lead-unknown': 4 } },
      away: [],
    });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });

  test('in words, within the page', async () => {
    const { out } = await ripen(all, 'status');
    fits(out);
    expect(out).toMatch(/12 leads, as of 23 Nov 2026/);
    expect(out).toMatch(/marketing qualified \(MQL\) +2/);
    expect(out).toMatch(/2 +NATS did not answer/);
    expect(out).toContain('Rejected: 4 messages. See `ripen rejected list`.');
  });

  test('says what is away and still shows the rest', async () => {
    const { exit, out, json } = await ripen({ ...all, temporalAway: true }, 'status', '--json');
    expect([exit, json['leads'], json['ok']]).toEqual([1, 12, false]);
    expect(out).toContain('Temporal does not answer');
  });
});

describe('timeline', () => {
  test('tells the life in order, newest last, without bookkeeping', async () => {
    const { out } = await ripen(world, 'timeline', asha.leadId);
    fits(out);
    const at = (text: string): number => out.indexOf(text);
    expect(at('In sequence buyers-journey@1')).toBeGreaterThan(0);
    expect(at('Message "welcome" sent')).toBeGreaterThan(at('In sequence buyers-journey@1'));
    expect(at('Hand-off 1 offered to Maya Okafor')).toBeGreaterThan(at('Message "welcome" sent'));
    expect(out).not.toContain('new run of its workflow');
  });

  test('as JSON lists every fact as it is', async () => {
    const { json } = await ripen(world, 'timeline', asha.leadId, '--json');
    expect(json['facts']).toEqual(JSON.parse(JSON.stringify(facts)));
  });

  test('shows bookkeeping with --all, and only the newest with --last', async () => {
    expect((await ripen(world, 'timeline', asha.leadId, '--all')).out).toContain('new run of its workflow');
    const { out } = await ripen(world, 'timeline', asha.leadId, '--last', '1');
    expect(out).toContain('older entries left out.');
    expect(out).not.toContain('welcome');
  });
});
