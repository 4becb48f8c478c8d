/** Postgres and NATS SIGKILLed in the middle of sends and started again: what the mail server holds afterwards is what was due, once each. */
import { NatsAway } from '../../events/ports';
import { openEffects, setCheck } from '../support/set-check';
import { eventually } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(180_000);
const contents = ['first', 'second', 'third', 'fourth'];
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ ownPostgres: true });
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents })]));
});
afterAll(() => engine?.stop());

test('Postgres and NATS killed in the middle of sends cost no mail and double none', async () => {
  engine.mailbox.answerAfter(200);
  const leads = await engine.importAll(
    Array.from({ length: 12 }, (_, n) => person(n)),
    'tour',
  );
  const { mails } = engine.mailbox;
  await eventually('mails are on their way', () => mails.length >= 6 || undefined);
  await engine.postgres?.kill();
  const whileAway = mails.length;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  // What was called before may still come in; without the ledger nothing new is called.
  expect(mails.length - whileAway).toBeLessThanOrEqual(10);
  await engine.postgres?.restart();
  const before = mails.length;
  await eventually('mails go on after Postgres is back', () => mails.length >= before + 6 || undefined, 60_000);

  await engine.nats.kill();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await engine.nats.restart();
  await eventually('the log can be read again', () => engine.link.isUp() || undefined);
  await eventually('the people role answers again', () =>
    setCheck(engine, leads, contents).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NatsAway) return undefined;
        throw error;
      },
    ),
  );

  await eventually(
    'everything due is sent or listed',
    async () => (await setCheck(engine, leads, contents)).leftOut.length === 0 || undefined,
    90_000,
  );
  await eventually('nothing is on its way any more', async () => (await openEffects(engine)).length === 0 || undefined, 90_000);
  expect(await setCheck(engine, leads, contents)).toEqual({ twice: [], leftOut: [], uncertain: [], differences: [] });
});
