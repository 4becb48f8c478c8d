import { commandId } from '../../client/verb';
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { life } from './given-facts';

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
    [
      ['enrol', 'asha@orchard.example', '--sequence', 'trial-offer', '--set', 'bonus=20', '--set', 'tone=warm'],
      { word: 'enrol', sequence: 'trial-offer', settings: { bonus: 20, tone: 'warm' } },
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

  test('is answered with names of reps and ids as they are written', async () => {
    const answered = async (says: string): Promise<string> =>
      (await ripen({ facts: life, answer: { ok: true, says } }, 'handoff', 'accept', asha.leadId)).out;
    expect(await answered('hand-off 1 was accepted before, by rep-maya.')).toContain(': Hand-off 1 was accepted before, by Maya Okafor.');
    expect(await answered('e1 is moved to close')).toContain(': e1 is moved to close.');
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
