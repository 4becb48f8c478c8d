/** What a sequence says about its messages against the cap, the night, each other and the control group; and what falls to people by lot. */
import { defineSequence, email, score, split } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan, Settings } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed } from './plans';

const { ada } = people;
const hour = 3_600_000;
const day = 24 * hour;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const free = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const full = { ...free, cap: { touches: 1, per: '2 days' } } as const;
const of = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ ...head, phases: { start: { touches, exhaustedAfter: '60 days' } } });
const lead = (plans: readonly Plan[], settings: Partial<Settings> = free, at = monday, leadId: string = ada.leadId) =>
  given(publish({ plans, settings }), leadId, at).profile(ada.traits);
const into = (sequence: string) => ({ word: 'enrol', sequence }) as const;
const on = (plan: Plan, settings?: Partial<Settings>, at?: number) => lead([plan], settings, at).command(into('plan'));
const sent = (tale: ReturnType<typeof given>) =>
  tale.factsOf('TouchSent').map(({ touch, content }) => `${touch}: ${content.split('@')[0]}`);
const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);

describe('a touch that the cap is in the way of', () => {
  const first = email('first', { after: '0 minutes' });
  const last = email('last', { after: '10 days' });

  test('waits where nothing is said', () => {
    const tale = on(of(first, email('news', { after: '1 hour' })), full).until(monday + 3 * day);
    expect([sent(tale), tale.factsOf('TouchSent')[1]?.recordedAt]).toEqual([['first: first', 'news: news'], monday + 2 * day]);
  });

  test('is left out, with the reason, and the next step follows', () => {
    const tale = on(of(first, email('news', { after: '1 hour', ifCapped: 'skip' }), last), full).until(monday + 12 * day);
    expect([withheld(tale), sent(tale)]).toEqual([[['news', 'cap']], ['first: first', 'last: last']]);
  });

  test('is replaced by what fits later, once there is room', () => {
    const plan = of(first, email('tonight', { after: '1 hour', ifCapped: { replace: 'recording' } }), last);
    const tale = on(plan, full).until(monday + 12 * day);
    expect(tale.factsOf('TouchReplaced').map(({ touch, content, because }) => [touch, content, because])).toEqual([
      ['tonight', 'recording', 'cap'],
    ]);
    expect(sent(tale)).toEqual(['first: first', 'tonight: recording', 'last: last']);
  });

  test('is replaced for this touch alone, also where the provider was away in between', () => {
    const tale = on(of(first, email('tonight', { after: '1 hour', ifCapped: { replace: 'recording' } }), last), full);
    tale.delivered().until(monday + 2 * day, { hold: true });
    expect(tale.sends().map(({ content }) => content)).toEqual(['recording']);
    tale.outcome(tale.sends()[0]?.id ?? '', { as: 'unavailable', because: 'mail-server-away' }).after('1 hour');
    expect(tale.sends().map(({ content }) => content)).toEqual(['recording']);
    expect(sent(tale.until(monday + 14 * day)).at(-1)).toBe('last: last');
  });

  test('is not replaced by what the person had before', () => {
    const tale = on(of(first, email('tonight', { after: '1 hour', ifCapped: { replace: 'first' } }), last), full).until(monday + 12 * day);
    expect(withheld(tale)).toEqual([['tonight', 'repeated']]);
  });
});

describe('a touch that is due in the night', () => {
  const night = Date.UTC(2026, 0, 5, 22);
  const quiet = { ...free, quietHours: { from: 21, to: 8, zone: 'Etc/UTC' } } as const;

  test('is left out or replaced where the plan says so, whatever it says of the cap', () => {
    const plan = of(
      email('live', { after: '0 minutes', ifQuiet: 'skip', ifCapped: { replace: 'no' } }),
      email('live-too', { after: '0 minutes', ifQuiet: { replace: 'recording' }, ifCapped: 'skip' }),
    );
    const tale = on(plan, quiet, night).until(night + day);
    expect([withheld(tale), sent(tale)]).toEqual([[['live', 'quiet-hours']], ['live-too: recording']]);
  });
});

describe('of several messages that are due', () => {
  const planOf = (id: string, more: Partial<Plan> = {}, touch: { readonly priority?: number } = {}): Plan => ({
    ...changed(of(email(`${id}-mail`, { after: '0 minutes', ...touch })), { id }),
    ...more,
  });
  const order = (...plans: readonly Plan[]) => {
    const tale = lead(plans, free).batch([]);
    tale.batch(plans.map(({ id }, n) => ({ kind: 'command', id: `command000${n}`, command: into(id), by: 'olga', because: '' })));
    return sent(tale.until(monday + day)).map((one) => one.split(':')[0]);
  };

  test('the one of greatest priority goes first, then the one due first', () => {
    expect(order(planOf('a'), planOf('b', {}, { priority: 5 }), planOf('c', {}, { priority: -1 }), planOf('d'))).toEqual([
      'b-mail',
      'a-mail',
      'd-mail',
      'c-mail',
    ]);
  });

  test('the priority of the sequence counts where the message has none', () => {
    expect(order(planOf('a', { priority: 2 }), planOf('b', { priority: 9 }, { priority: 1 }), planOf('c', { priority: 3 }))).toEqual([
      'c-mail',
      'a-mail',
      'b-mail',
    ]);
  });

  test('the greatest takes the room that the cap gives', () => {
    const tale = lead([planOf('a'), planOf('b'), planOf('c', { priority: 3 })], full);
    tale.command(into('a')).delivered().command(into('b')).after('1 hour').command(into('c'));
    expect(sent(tale.until(monday + 2 * day))).toEqual(['a-mail: a-mail', 'c-mail: c-mail']);
  });
});

describe('a control group', () => {
  const plan: Plan = {
    ...of(
      email('confirm', { after: '0 minutes', purpose: 'service' }),
      email('news', { after: '1 hour' }),
      email('more', { after: '1 day' }),
    ),
    holdout: { name: 'no-nurture', percent: 20 },
  };
  const heldOut = (leadId: string, one: Plan = plan) => {
    const tale = lead([one], free, monday, leadId)
      .command(into(one.id))
      .until(monday + 3 * day);
    return withheld(tale).length > 0;
  };

  test('gets what it asked for and nothing of marketing, with the reason', () => {
    const leadId = Array.from({ length: 50 }, (_, n) => `lead-${n}`).find((one) => heldOut(one)) ?? '';
    const tale = lead([plan], free, monday, leadId)
      .command(into('plan'))
      .until(monday + 3 * day);
    expect(sent(tale)).toEqual(['confirm: confirm']);
    expect(withheld(tale)).toEqual([
      ['news', 'holdout'],
      ['more', 'holdout'],
    ]);
  });

  test('is one group, be it named by several sequences or a later version', () => {
    const leads = Array.from({ length: 200 }, (_, n) => `lead-${n}`);
    const group = leads.filter((one) => heldOut(one));
    expect(group.length).toBeGreaterThan(25);
    expect(group.length).toBeLessThan(55);
    expect(leads.filter((one) => heldOut(one, { ...plan, id: 'other' }))).toEqual(group);
    expect(group.filter((one) => !heldOut(one, { ...plan, version: 2, holdout: { name: 'no-nurture', percent: 40 } }))).toEqual([]);
  });

  test('does not hide that a message was not wanted or not allowed anyway', () => {
    const all: Plan = { ...plan, holdout: { name: 'no-nurture', percent: 99 } };
    const tale = given(publish({ plans: [all], settings: free }), ada.leadId)
      .profile(ada.traits, { email: 'none' })
      .command(into('plan'));
    expect(withheld(tale.until(monday + day))[0]).toEqual(['news', 'consent']);
  });
});

describe('what fell to a person by lot', () => {
  const test50 = (plain: number): Plan => ({
    ...of(email('ask', { after: '0 minutes', variants: { plain, story: 100 - plain }, repeatable: 'per enrolment' })),
    reenter: 'always',
    version: plain,
  });
  const tone = (plain: number, story: number): Plan => ({
    ...of(
      split('tone', { plain: { share: plain, touches: [] }, story: { share: story, touches: [] } }),
      email('a', { after: '0 minutes' }),
    ),
    reenter: 'always',
    version: plain,
  });
  /** In both versions, one after the other. */
  const twice = (leadId: string, earlier: Plan, later: Plan) => {
    const tale = lead([earlier], free, monday, leadId)
      .command(into('plan'))
      .until(monday + 61 * day);
    const again = given(publish({ plans: [earlier, later], settings: free }), leadId, monday + 62 * day, tale.state());
    return [tale, again.command(into('plan')).until(monday + 63 * day)];
  };
  const leads = Array.from({ length: 40 }, (_, n) => `lead-${n}`);

  test('is the variant they had before, even if its weight is another by now', () => {
    for (const leadId of leads) {
      const [before, after] = twice(leadId, test50(80), test50(10)).map(sent);
      expect(after).toEqual(before);
    }
  });

  test('is the arm of a choice by lot they took before, even if its share is another by now', () => {
    const arms = (tale: ReturnType<typeof given>) => tale.factsOf('BranchTaken').map(({ arm }) => arm);
    for (const leadId of leads) {
      const [before, after] = twice(leadId, tone(60, 20), tone(10, 30)).map(arms);
      expect(after).toEqual(before);
    }
  });

  test('falls anew where the arm is gone', () => {
    const gone: Plan = { ...of(split('tone', { other: { share: 100, touches: [] } })), version: 70, reenter: 'always' };
    for (const leadId of leads.slice(0, 10)) {
      const [, after] = twice(leadId, tone(60, 20), gone);
      expect(after?.factsOf('BranchTaken').map(({ arm }) => arm)).toEqual(['other']);
    }
  });
});

test('faults of these options are named with their places', () => {
  const touches = [
    email('a', { after: '1 day', purpose: 'service', ifCapped: 'skip' }),
    email('b', { after: '1 day', ifQuiet: { replace: 'b' }, priority: 1.5 }),
  ];
  const plan: Plan = {
    ...of(),
    who: score.gained(0, '1 day'),
    holdout: { name: 'No', percent: 0 },
    phases: { start: { touches, advance: [{ when: score.atLeast(1), endOther: 'plan' }], exhaustedAfter: '1 day' } },
  };
  expect(faultsOf(plan)).toEqual([
    { path: 'who.points', says: 'must be at least 1' },
    { path: 'holdout.name', says: '"No" is no name; use small letters, digits and dashes' },
    { path: 'holdout.percent', says: 'must be a whole number from 1 to 99' },
    { path: 'phases.start.touches[0].ifCapped', says: 'says nothing in a service message, which neither cap nor night holds' },
    { path: 'phases.start.touches[1].priority', says: 'must be a whole number; the greatest goes first' },
    { path: 'phases.start.touches[1].ifQuiet.replace', says: 'is the content it would replace' },
    { path: 'phases.start.advance[0].endOther', says: 'is this sequence itself; write end' },
  ]);
});
