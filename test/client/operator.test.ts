import { savedQueries } from '../../client/saved-queries';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

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
    expect(text).toMatch(
      /Waiting on people: 1 lead\.[^]+lead-asha +Asha Rao[^]+waits for rep to contact \(Maya Okafor\), 2 hours too late/,
    );
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
