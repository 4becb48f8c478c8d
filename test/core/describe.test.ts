/** A lead in words: why it waits, for what, and the codes lists are searched by. */
import { describeLead, instant } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, daily, selling } from './plans';
import { engaged, since } from '../../workflows/core/words';

const { ada, chloe } = people;
const waiting = changed(daily, {
  id: 'waiting',
  phases: {
    start: {
      stage: 'awareness',
      touches: [{ channel: 'email', id: 'team', after: since(engaged('project.created'), '2 days'), purpose: 'marketing' }],
      advance: [{ to: 'next', when: { kind: 'score', atLeast: 55 } }],
      exhaustedAfter: '30 days',
    },
    next: { touches: [], advance: [], exhaustedAfter: '1 day' },
  },
});
const published = publish({ plans: [daily, selling, waiting] });
const told = (tale: ReturnType<typeof given>) => describeLead(published, tale.state(), tale.now());
const begun = () => given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'daily', campaign: 'spring' });

test('instants are written in UTC', () => {
  expect([0, Date.UTC(2024, 1, 29, 23, 59), Date.UTC(2026, 11, 31, 0, 5), Date.UTC(2100, 2, 1)].map(instant)).toEqual([
    '1970-01-01 00:00 UTC',
    '2024-02-29 23:59 UTC',
    '2026-12-31 00:05 UTC',
    '2100-03-01 00:00 UTC',
  ]);
});

test('a send under way, the touch that is next, a hold', () => {
  expect(told(begun()).attributes).toMatchObject({
    waitingFor: 'send one',
    phase: 'start',
    stage: 'awareness',
    sequences: ['daily@1'],
    campaigns: ['spring'],
    score: 0,
    qualification: 'lead',
    temperature: 'cold',
  });
  const next = told(begun().delivered());
  expect(next.attributes).toMatchObject({ waitingFor: 'touch two', dueAt: monday + 86_400_000 });
  expect(next.details).toContain('"two" is due at 2026-01-06 10:00 UTC.');
  expect(next.details).toContain('Looks again by itself at 2026-01-06 10:00 UTC.');
  const night = told(
    given(published, ada.leadId, Date.UTC(2026, 0, 5, 23))
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' }),
  );
  expect([night.attributes.waitingFor, night.details]).toEqual([
    'quiet-hours',
    expect.stringContaining('"one" is due and held (quiet-hours) until 2026-01-06 08:00 UTC.'),
  ]);
});

test('an event that has not happened, and the ways on', () => {
  const { attributes, details } = told(given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'waiting' }));
  expect(attributes.waitingFor).toBe('event for team');
  expect(details).toContain('"team" waits for project.created. The phase runs out at 2026-02-04 10:00 UTC. Goes to next on a score of 55.');
});

test('a rep, by name of the rep, and the next end of a clock', () => {
  const tale = given(published, chloe.leadId)
    .profile(chloe.traits)
    .command({ word: 'enrol', sequence: 'selling' })
    .does('form.submitted', { form: 'demo' });
  expect(told(tale).attributes).toMatchObject({ waitingFor: 'a rep', slaDueAt: monday + 86_400_000 });
  expect(told(tale.delivered()).attributes).toMatchObject({
    waitingFor: 'rep to accept',
    rep: 'rep-rosa',
    slaDueAt: monday + 4 * 3_600_000,
  });
  expect(told(tale.command({ word: 'accept', handOff: 1 })).attributes).toMatchObject({
    waitingFor: 'rep to contact',
    slaDueAt: monday + 86_400_000,
  });
  const contacted = told(tale.command({ word: 'contacted', handOff: 1 }));
  expect(contacted.attributes.slaDueAt).toBeUndefined();
  expect(contacted.details).toContain('waits for won, lost or rejected');
});

test('a pause, a suppression, an uncertain delivery', () => {
  const paused = told(begun().command({ word: 'pause' }));
  expect(paused.attributes.waitingFor).toBe('resume');
  expect(paused.details).toContain('Paused since 2026-01-05 10:00 UTC by olga: asked.');
  expect(told(begun().does('email.bounced', { kind: 'hard' })).details).toContain('Must not be contacted (email: bounced).');
  expect(told(begun().outcome('e1.start.one.1', { as: 'uncertain', because: 'x' })).details).toContain('Delivery unknown: e1.start.one.1.');
});

test('a lead with nothing open, one that sleeps, one that was erased', () => {
  const tale = given(published, ada.leadId).profile(ada.traits);
  expect(told(tale)).toMatchObject({ canRest: false, attributes: { waitingFor: 'engagement', sequences: [] } });
  expect(told(tale.until(monday + 40 * 86_400_000))).toMatchObject({
    canRest: true,
    details: expect.stringContaining('Sleeps: nothing is open') as string,
  });
  expect(told(given(published, ada.leadId).command({ word: 'erase' }))).toMatchObject({
    details: 'The person was erased.',
    attributes: { waitingFor: 'nothing' },
  });
});
