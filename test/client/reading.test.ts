import { artefactOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import { columnsOf, date } from '../../client/print';
import { savedQueries } from '../../client/saved-queries';
import { defineSequence, email, score } from '../../workflows/core/words';
import type { Model, Settings } from '../../workflows/core';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fact, life } from './given-facts';

const plan = defineSequence({
  id: 'buyers-journey',
  version: 1,
  for: 'leads',
  model: 'b2b-points',
  reenter: 'never',
  phases: {
    learn: {
      stage: 'awareness',
      touches: [email('welcome', { after: '0 minutes' }), email('ebook', { after: '2 days' })],
      advance: [{ to: 'choose', when: score.atLeast(50) }],
      exhaustedAfter: '30 days',
    },
    choose: { stage: 'decision', touches: [email('pricing', { after: '1 day' })], exhaustedAfter: '21 days' },
  },
});
const model: Model = {
  id: 'b2b-points',
  version: 1,
  rules: [{ id: 'form', on: 'form.submitted', points: 20 }],
  decay: [],
  fit: {},
  grades: { A: 20, B: 10, C: 5 },
  bands: { hot: 70, warm: 20 },
  mqlAt: 50,
};
const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'b2b-points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Europe/London' },
  restAfter: '30 days',
  unavailable: { retryAfter: '30 minutes', attempts: 3 },
};
const artefacts = [artefactOf('plan', plan), artefactOf('model', model), artefactOf('settings', settings)];
const published: Reply<'published'>['artefacts'] = artefacts.map(({ kind, id, version, digest, body }) => ({
  kind,
  ref: `${id}@${version}#${digest}`,
  publishedAt: 1,
  current: true,
  body,
}));
/** The life of the fixture in the sequence as it is published here. */
const facts = life.map((each) => (each.type === 'Enrolled' ? { ...each, sequence: published[0]?.ref ?? '' } : each));
const world: World = {
  facts,
  people: { published: () => ({ artefacts: published }) },
  view: { leadId: asha.leadId, position: { n: 9, seq: 9, digest: 'x' }, inbox: 0, running: [], wakeAt: nowAt + 3_600_000 },
};

function fits(text: string): void {
  for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(100);
}

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
    const { fold, initial } = jest.requireActual<typeof import('../../workflows/core')>('../../workflows/core');
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

describe('stuck', () => {
  const moments = { nowAt, overdueBeforeAt: nowAt - 3_600_000, startedBeforeAt: nowAt - 300_000 };

  test('asks Temporal the saved queries and shows them as they are', async () => {
    const { exit, queries, out } = await ripen({}, 'stuck');
    const expected = Object.values(savedQueries).map(({ query }) => query(moments));
    expect([exit, queries]).toEqual([0, expected]);
    for (const query of expected) expect(out).toContain(query);
    expect(out).toContain('No lead is stuck.');
  });

  test('says of each lead who it is and why, by kind', async () => {
    const { out, json } = await ripen(
      {
        listed: (query) => {
          const lead = { leadId: asha.leadId, sequences: ['buyers-journey@1'], phase: 'learn', startedAt: 1 };
          if (query.includes('LeadDueAt <')) return [{ ...lead, waitingFor: 'touch ebook', dueAt: nowAt - 3 * 3_600_000 }];
          if (query.includes('LeadProblem IS NOT NULL')) return [{ ...lead, problem: 'facts-away' }];
          return query.includes('LeadSlaDueAt IS NOT NULL')
            ? [{ ...lead, waitingFor: 'rep to contact', rep: 'rep-maya', slaDueAt: nowAt - 7_200_000 }]
            : [];
        },
      },
      'stuck',
      '--json',
    );
    expect(json).toMatchObject({
      found: 3,
      overdue: { leads: [{ leadId: asha.leadId }] },
      failing: { leads: [{ problem: 'facts-away' }] },
      people: { leads: [{}] },
      deadEnd: { leads: [] },
    });
    expect(out).not.toContain('Overdue:');
    const { out: text } = await ripen(
      {
        listed: (query) =>
          query.includes('LeadSlaDueAt IS NOT NULL')
            ? [
                {
                  leadId: asha.leadId,
                  sequences: [],
                  startedAt: 1,
                  waitingFor: 'rep to contact',
                  rep: 'rep-maya',
                  slaDueAt: nowAt - 7_200_000,
                },
              ]
            : [],
      },
      'stuck',
    );
    expect(text).toMatch(/Waiting on people: 1 lead\.[^]+lead-asha +Asha Rao[^]+waits for rep to contact \(rep-maya\), 2 hours too late/);
  });

  test('on a scaled clock five real minutes are late', async () => {
    const { queries } = await ripen({ clockRate: 43_200 }, 'stuck');
    expect(queries[0]).toBe(savedQueries.overdue.query({ ...moments, overdueBeforeAt: nowAt - 300_000 }));
  });
});

describe('hand-offs, unknown deliveries and reps', () => {
  test('are listed with who, which rep and which clock', async () => {
    const { out } = await ripen(
      {
        people: {
          handOffs: () => ({
            handOffs: [
              {
                leadId: asha.leadId,
                handOff: 1,
                rep: 'rep-maya',
                repName: 'Maya Okafor',
                name: 'Asha Rao',
                status: 'offered',
                acceptBy: nowAt - 1,
                contactBy: nowAt + 86_400_000,
              },
            ],
          }),
        },
      },
      'handoff',
      'list',
      '--rep',
      'maya',
    );
    fits(out);
    expect(out).toMatch(/lead-asha +Asha Rao +Maya Okafor +offered +accept by [^]*\(late\)/);
  });

  test('a new rep is added with name and address', async () => {
    const { exit, asked } = await ripen(
      { people: { addRep: () => ({ id: 'rep-sam' }) } },
      'handoff',
      'reps',
      '--add',
      'Sam Lee',
      '--email',
      'sam@sales.example',
    );
    expect([exit, asked[0]]).toEqual([0, { verb: 'addRep', ask: { name: 'Sam Lee', email: 'sam@sales.example', by: 'olga' } }]);
  });

  test('an unknown delivery is settled in the ledger first, then in the lead', async () => {
    const { exit, asked, commands } = await ripen(
      { people: { settle: () => ({ settled: true }) } },
      'uncertain',
      'settle',
      'lead-asha/e1.learn.guide.1',
      '--not-sent',
    );
    expect([exit, asked.at(-1)]).toEqual([
      0,
      { verb: 'settle', ask: { leadId: asha.leadId, effect: 'e1.learn.guide.1', sent: false, by: 'olga' } },
    ]);
    expect(commands).toMatchObject([{ command: { command: { word: 'settle', effect: 'e1.learn.guide.1', sent: false } } }]);
  });

  test('a delivery that nobody doubts cannot be settled', async () => {
    expect(
      await ripen(
        { people: { settle: () => ({ settled: false }) }, answer: { ok: false, says: 'x is not uncertain.' } },
        'uncertain',
        'settle',
        asha.leadId,
        'x',
        '--sent',
      ),
    ).toMatchObject({ exit: 3 });
  });
});

describe('rejected messages', () => {
  const record = {
    v: 1,
    code: 'lead-unknown',
    says: 'nobody is known by it',
    subject: 'engagement.app.login.x',
    original: { id: 'ev-1' },
    rejectedAt: nowAt,
  };
  const stored = { message: { seq: 17, data: Buffer.from(JSON.stringify(record)).toString('base64') } };
  const none = { error: { code: 404, err_code: 10037 } };
  const stream: NonNullable<World['stream']> = (verb, body) => {
    if (verb.startsWith('STREAM.MSG.DELETE')) return { success: true };
    const { seq } = body as { readonly seq: number };
    return seq <= 17 && (seq === 17 || 'next_by_subj' in (body as object)) ? stored : none;
  };

  test('are listed by number and reason, and shown whole with what to do', async () => {
    expect((await ripen({ stream }, 'rejected', 'list')).out).toMatch(/17 +23 Nov 2026, \d\d:\d\d +lead-unknown +nobody is known by it/);
    const { out } = await ripen({ stream }, 'rejected', 'show', '17');
    expect(out).toContain('"id": "ev-1"');
    expect(out).toContain('The event names a lead that does not exist.');
  });

  test('are tried again by number, and a number that is not there ends with 3', async () => {
    const { exit, published } = await ripen({ stream }, 'rejected', 'replay', '17');
    expect([exit, published[0]?.subject, published[0]?.event]).toEqual([0, 'engagement.app.login.x', { id: 'ev-1' }]);
    expect(await ripen({ stream }, 'rejected', 'replay', '18')).toMatchObject({ exit: 3, published: [] });
  });

  test('a dry run tries nothing', async () => {
    expect(await ripen({ stream }, 'rejected', 'replay', '--code', 'lead-unknown', '--dry-run', '--json')).toMatchObject({
      exit: 0,
      published: [],
      json: { would: [17] },
    });
  });
});

describe('sequences', () => {
  test('are checked without anything that runs', async () => {
    expect(await ripen({ peopleAway: true, temporalAway: true }, 'sequences', 'check', '--json')).toMatchObject({
      exit: 0,
      json: { ok: true, faults: [] },
    });
  });

  test('are listed as published, or as the repository has them while nothing runs', async () => {
    const there = await ripen({ people: { published: () => ({ artefacts: published }) } }, 'sequences', 'list', '--json');
    expect(there.json).toMatchObject({
      published: true,
      sequences: [
        { ref: published[0]?.ref, phases: [{ name: 'learn', stage: 'awareness', messages: ['welcome', 'ebook'] }, { name: 'choose' }] },
      ],
    });
    const away = await ripen({ peopleAway: true }, 'sequences', 'list', '--json');
    expect(away).toMatchObject({ exit: 0, json: { published: false } });
    expect(away.json['sequences']).toContainEqual(expect.objectContaining({ ref: expect.stringMatching(/^buyers-journey@\d+#/) }));
  });

  test('are published with all they need, in requests that NATS takes; a refusal ends with 1', async () => {
    const asked = await ripen(
      {
        people: {
          publish: ({ artefacts: given }) => ({
            results: given.map(({ id, version, digest }) => ({ ref: `${id}@${version}#${digest}`, as: 'published' })),
          }),
        },
      },
      'sequences',
      'publish',
      '--json',
    );
    expect(asked).toMatchObject({ exit: 0, json: { ok: true, refused: 0 } });
    for (const { ask } of asked.asked) expect(Buffer.byteLength(JSON.stringify(ask))).toBeLessThan(1_000_000);
    const refused = await ripen(
      { people: { publish: () => ({ results: [{ ref: 'a@1#x', as: 'refused', says: 'it exists with other contents' }] }) } },
      'sequences',
      'publish',
    );
    expect(refused).toMatchObject({ exit: 1, out: expect.stringContaining('it exists with other contents') });
  });

  test('a dry run publishes nothing and says what would be new', async () => {
    const { asked, out } = await ripen({}, 'sequences', 'publish', '--dry-run');
    expect(asked.map(({ verb }) => verb)).toEqual(['published']);
    expect(out).toMatch(/buyers-journey@\d+#\w+ +new/);
  });

  test('come back from the history of what was published', async () => {
    const messages = artefacts.map((artefact, at) => ({
      seq: 10 * (at + 1),
      data: Buffer.from(JSON.stringify(artefact)).toString('base64'),
    }));
    const { asked, json } = await ripen(
      {
        people: { publish: ({ artefacts: given }) => ({ results: given.map(({ id }) => ({ ref: id, as: 'unchanged' })) }) },
        stream: (_, body) => {
          const message = messages.find(({ seq }) => seq >= (body as { readonly seq: number }).seq);
          return message === undefined ? { error: { code: 404, err_code: 10037 } } : { message };
        },
      },
      'sequences',
      'publish',
      '--restore',
      '--json',
    );
    expect(json).toMatchObject({ ok: true, unchanged: 3 });
    expect(asked[0]?.ask).toMatchObject({ artefacts: JSON.parse(JSON.stringify(artefacts)) });
  });
});

describe('rebuild', () => {
  const after = { leadId: asha.leadId, position: { n: 10, seq: 12, digest: 'y' }, inbox: 0, running: [], wakeAt: nowAt + 3_600_000 };

  test('ends a running workflow only when told to', async () => {
    expect(await ripen(world, 'rebuild', asha.leadId)).toMatchObject({ exit: 2, did: ['closed'], err: expect.stringContaining('--yes') });
  });

  test('ends, starts anew and compares the next look before and after', async () => {
    const { exit, did, json } = await ripen({ ...world, viewAfter: after }, 'rebuild', asha.leadId, '--yes', '--json');
    expect([exit, did]).toEqual([0, ['terminated lead-asha', 'started lead-asha', 'closed']]);
    expect(json).toMatchObject({ ok: true, same: true, wakeBeforeAt: nowAt + 3_600_000, wakeAt: nowAt + 3_600_000, decisions: 10 });
  });

  test('starts a deleted workflow and expects the next look that the facts say', async () => {
    const { facts: told, people } = world;
    const { exit, did, json } = await ripen({ facts: told, people, viewAfter: after } as World, 'rebuild', asha.leadId, '--json');
    expect([exit, did]).toEqual([0, ['started lead-asha', 'closed']]);
    expect(json['wakeBeforeAt']).toBeGreaterThan(Date.UTC(2026, 10, 1));
  });

  test('repairs instead where log and workflow disagree', async () => {
    const { exit, did } = await ripen({ ...world, view: { ...after, problem: 'facts-forked' } }, 'rebuild', asha.leadId);
    expect([exit, did]).toEqual([0, ['repaired lead-asha', 'closed']]);
  });

  test('of a lead to whom nothing ever happened ends with 3', async () => {
    expect(await ripen({}, 'rebuild', asha.leadId)).toMatchObject({ exit: 3, did: ['closed'] });
  });
});
