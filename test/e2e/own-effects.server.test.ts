/** Steps that reach out of the lead, on real servers: an effect of the engineer's own whose result the next mail carries, and one lead's purchase that another hears of. */
import { join } from 'node:path';
import { coupon } from '../../activities/custom/coupon';
import { artefactOf } from '../../events/digest';
import { defineSequence, email, run } from '../../workflows/core/words';
import type { FactOf } from '../../workflows/core';
import { readContent } from '../../workflows/content/load';
import { referral } from '../../workflows/sequences/referral/plan';
import { thankReferrer } from '../../workflows/sequences/thank-referrer/plan';
import { readSettings } from '../../workflows/settings/load';
import { eventually } from '../support/shell-engine';
import { artefactsOf, pieceOf } from '../support/tour';
import { person, secret, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(240_000);
const workflows = join(__dirname, '..', '..', 'workflows');
const rate = 43_200;
const gift = defineSequence({
  id: 'gift',
  version: 1,
  model: 'tour-points',
  phases: {
    start: {
      touches: [
        run('code', { after: '0 minutes', effect: 'coupon', with: { prefix: 'SPRING' }, into: 'coupon' }),
        email('gift-mail', { after: '0 minutes' }),
      ],
      exhaustedAfter: '900 days',
    },
  },
});

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ rate });
  const journeys = [referral, thankReferrer];
  const pieces = readContent(join(workflows, 'content')).artefacts.filter(
    ({ id }) => id.startsWith('referral-') || id === 'customer-story',
  );
  await engine.publish([
    ...artefactsOf([gift], [{ ...pieceOf('gift-mail'), subject: 'Code {{ data.coupon.code }}' }], ['code']),
    ...readSettings(join(workflows, 'settings')).artefacts.filter(({ kind }) => kind === 'model'),
    ...pieces,
    ...journeys.map((plan) => artefactOf('plan', plan)),
  ]);
});
afterAll(() => engine?.stop());

const now = (): number => Math.floor((Date.now() - Number(engine.env.RIPEN_CLOCK_EPOCH)) * rate + Number(engine.env.RIPEN_CLOCK_EPOCH));
const factsOf = async (leadId: string) =>
  (await engine.log()).filter((one) => one.decision.lead === leadId).flatMap(({ decision }) => decision.facts);
const returnedTo = async (leadId: string): Promise<readonly FactOf<'EffectReturned'>[]> =>
  (await factsOf(leadId)).filter((fact) => fact.type === 'EffectReturned');
const kept = async (leadId: string): Promise<readonly unknown[]> =>
  (await engine.db.query<{ result: unknown }>('select result from effect_result where lead_id = $1', [leadId])).rows.map(
    ({ result }) => result,
  );
const mailTo = (leadId: string, content: string, withinMs = 20_000): Promise<string> =>
  eventually(
    `${content} arrives`,
    () => engine.mailbox.mails.find((mail) => mail.leadId === leadId && mail.content === content)?.raw.replace(/=\r?\n/g, ''),
    withinMs,
  );

/** How often the workflow asked for the effect, and at which try it was done. */
async function asked(leadId: string): Promise<{ readonly times: number; readonly attempt: number }> {
  const { events } = await engine.handle(leadId).fetchHistory();
  const scheduled = (events ?? []).filter(({ activityTaskScheduledEventAttributes: of }) => of?.activityType?.name === 'runCustom');
  const started = (events ?? []).flatMap(({ activityTaskStartedEventAttributes: of }) =>
    of != null && scheduled.some(({ eventId }) => String(eventId) === String(of.scheduledEventId)) ? [of.attempt ?? 0] : [],
  );
  return { times: scheduled.length, attempt: Math.max(0, ...started) };
}

/** What the effect makes for that person, whoever asks. */
const codeOf = async (leadId: string): Promise<string> =>
  (await coupon(secret)({ prefix: 'SPRING' }, { leadId, key: 'e1.start.code' })).code;

test('an effect is done once, what it returns is in the facts, and the next mail carries it', async () => {
  const [lead] = await engine.importAll([person(1)], 'gift');
  const leadId = lead?.leadId ?? '';
  const code = await codeOf(leadId);
  expect(code).toMatch(/^SPRING-[A-HJ-NP-Z2-9]{10}$/);
  expect(await mailTo(leadId, 'gift-mail')).toContain(`Subject: Code ${code}`);
  expect(await returnedTo(leadId)).toMatchObject([{ touch: 'code', name: 'coupon', into: 'coupon', data: { code } }]);
  expect(await asked(leadId)).toEqual({ times: 1, attempt: 1 });
  expect(await kept(leadId)).toEqual([{ code }]);
});

test('a worker killed between the doing and the recording: it is done again under the same key, with the same result, and told once', async () => {
  const lock = await holdResults();
  const [lead] = await engine.importAll([person(2)], 'gift');
  const leadId = lead?.leadId ?? '';
  const waiting = await eventually('the code is made and waits to be kept', async () => {
    const pids = await lock.waiting();
    return pids.length > 0 ? pids : undefined;
  });
  await engine.worker.kill();
  // Postgres would still store what a dead worker sent.
  for (const pid of waiting) await engine.db.query('select pg_terminate_backend($1)', [pid]);
  await lock.release();
  expect([await kept(leadId), await returnedTo(leadId)]).toEqual([[], []]);
  await engine.worker.start();

  const code = await codeOf(leadId);
  expect(await mailTo(leadId, 'gift-mail', 120_000)).toContain(`Subject: Code ${code}`);
  expect(await returnedTo(leadId)).toMatchObject([{ data: { code } }]);
  const { times, attempt } = await asked(leadId);
  expect(times).toBe(1);
  expect(attempt).toBeGreaterThan(1);
  expect(engine.mailbox.mails.filter((mail) => mail.leadId === leadId)).toHaveLength(1);
});

test('whoever referred somebody is introduced by name, hears of the purchase two weeks later, and is thanked with a code', async () => {
  const [ada, bob] = await engine.importAll([person(3), person(4)]);
  const [adaId, bobId] = [ada?.leadId ?? '', bob?.leadId ?? ''];
  await engine.engage('referral.invited', { who: { lead: bobId }, referrer: adaId }, undefined, now());
  const hello = await mailTo(bobId, 'referral-hello');
  expect(hello).toMatch(/^From: "?Pat3 Lee3 via /m);
  expect(hello).toContain('Subject: Pat3 Lee3 thought of you');
  expect(hello).toMatch(/FRIEND-[A-HJ-NP-Z2-9]{10}/);

  await engine.engage('subscription.started', { who: { lead: bobId }, plan: 'team' }, undefined, now());
  expect(await mailTo(adaId, 'referral-thanks', 90_000)).toMatch(/THANKS-[A-HJ-NP-Z2-9]{10}/);
  const [told] = (await factsOf(bobId)).filter((fact) => fact.type === 'LeadsTold');
  expect(told).toMatchObject({ whom: 'referrer', event: 'referral.won', reached: 1 });
  const enrolled = (await factsOf(adaId)).find((fact) => fact.type === 'Enrolled');
  expect(enrolled).toMatchObject({ data: { referred: bobId } });
  // Nothing of the friend but an id is with the referrer.
  expect(JSON.stringify(await factsOf(adaId))).not.toContain('Pat4');
});

/** Results may be read and not written until it is released. */
async function holdResults() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  let held = (): void => undefined;
  const locked = new Promise<void>((resolve) => (held = resolve));
  const whole = engine.db.transaction(async (client) => {
    await client.query('lock table effect_result in exclusive mode');
    held();
    await opened;
  });
  await Promise.race([locked, whole]);
  const blocked = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into effect_result%'`;
  return {
    waiting: async (): Promise<readonly number[]> => (await engine.db.query<{ pid: number }>(blocked)).rows.map(({ pid }) => pid),
    release: (): Promise<void> => {
      open();
      return whole;
    },
  };
}
