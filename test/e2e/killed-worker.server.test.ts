/** A worker that is SIGKILLed in the middle of sends: what the mail server holds afterwards is what was due, once each. */
import { setCheck, openEffects } from '../support/set-check';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
const contents = ['first', 'second'];
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents })]));
});
afterAll(() => engine?.stop());

test('a worker killed in the middle of sends leads to no second mail, and nobody is left out who is not listed as uncertain', async () => {
  // The answer to each mail comes late, so that the kill finds mails that are with the mail server and not yet with us.
  engine.mailbox.answerAfter(300);
  const leads = await engine.importAll(
    Array.from({ length: 12 }, (_, n) => person(n)),
    'tour',
  );
  const { mails } = engine.mailbox;
  await eventually('mails are on their way', () => mails.length >= 8 || undefined);
  await engine.worker.kill();
  const inTheMiddle = await engine.endLeases();
  expect(inTheMiddle).toBeGreaterThan(0);
  await engine.worker.start();

  await eventually(
    'everything due is sent or listed',
    async () => (await setCheck(engine, leads, contents)).leftOut.length === 0 || undefined,
    90_000,
  );
  await eventually('nothing is on its way any more', async () => (await openEffects(engine)).length === 0 || undefined, 90_000);
  const check = await setCheck(engine, leads, contents);
  expect(check).toMatchObject({ twice: [], leftOut: [], differences: [] });
  // What the killed worker was calling is unknown; nothing else is.
  expect(check.uncertain).toHaveLength(inTheMiddle);
});
