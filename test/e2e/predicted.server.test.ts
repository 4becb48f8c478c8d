/** A model trained from a log is adopted on real servers: workers take it up without a restart, what people do moves the chance, and the command line says why. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactOf } from '../../workflows/core';
import { artefactFromLog } from '../core/predict/from-log';
import { ripen } from '../support/engine-process';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
const folder = mkdtempSync(join(tmpdir(), 'predicted-'));
const file = join(folder, 'model.json');
let engine: Engine;
beforeAll(async () => {
  writeFileSync(file, JSON.stringify(artefactFromLog()));
  engine = await startEngine();
  await engine.publish(artefactsOf([tourOf({ id: 'hello', contents: ['hello'] })]));
});
afterAll(async () => {
  await engine?.stop();
  rmSync(folder, { recursive: true });
});

const said = async (...words: readonly string[]) => {
  const { code, out } = await ripen([...words, '--json'], engine.env);
  return { code, json: JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown> };
};
const placedBy = async (leadId: string): Promise<readonly FactOf<'MatrixScored'>[]> =>
  (await engine.log())
    .filter(({ decision }) => decision.lead === leadId)
    .flatMap(({ decision }) => decision.facts)
    .filter((fact): fact is FactOf<'MatrixScored'> => fact.type === 'MatrixScored');

test('an adopted model scores by the next event, beside the points, and its reasons come to the chance', async () => {
  const [lead] = await engine.importAll([person(1, 'predicted.example')], 'hello');
  const leadId = lead?.leadId ?? '';
  await engine.engage('trial.started', { who: { lead: leadId } });
  expect(await said('score', 'adopt', file)).toMatchObject({
    code: 0,
    json: { ok: true, decides: false, beside: ['predicted'], mayDecide: true },
  });
  // Workers look for what is new every five seconds; each login may be the first that sees it.
  await eventually(
    'the model has scored the person',
    async () => {
      await engine.engage('app.login', { who: { lead: leadId } });
      return (await placedBy(leadId)).length > 0 ? true : undefined;
    },
    60_000,
  );
  const facts = await placedBy(leadId);
  expect(facts.at(-1)?.model).toMatch(/^predicted@1#/);
  const total = facts.reduce((sum, { delta }) => sum + delta, 0);
  expect(facts.at(-1)?.parts.reduce((sum, { points }) => sum + points, 0)).toBe(total);
  const explained = await said('explain', leadId);
  expect(explained).toMatchObject({ code: 0, json: { ok: true, model: expect.not.stringMatching(/^predicted/) } });
  const [chance] = explained.json['chances'] as readonly { percent: number; decides: boolean; reasons: readonly { says: string }[] }[];
  expect(chance).toMatchObject({ percent: Math.floor(total / 1000), decides: false });
  expect(chance?.reasons.map(({ says }) => says).join('; ')).toMatch(/app\.login/);
  // The history of the workflow holds what was concluded, never the model it was concluded by.
  const history = JSON.stringify(await engine.handle(leadId).fetchHistory());
  expect(history).not.toContain('ripen-predictive-model');
});

test('one learnt from too little is refused where it would decide, by the store as well as by the command', async () => {
  const few = join(folder, 'few.json');
  writeFileSync(few, JSON.stringify({ ...artefactFromLog(), mayDecide: false }));
  expect(await said('score', 'adopt', few, '--id', 'few', '--decide')).toMatchObject({ code: 1 });
  expect(await said('score', 'adopt', few, '--id', 'few')).toMatchObject({ code: 0, json: { beside: ['predicted', 'few'] } });
  const { json } = await said('score', 'train', '--from-log', '--out', join(folder, 'none.json'));
  expect(json).toMatchObject({ ok: false, says: expect.stringContaining('stay on points') });
});
