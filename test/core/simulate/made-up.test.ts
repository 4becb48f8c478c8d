/** What simulated people say in their events: codes by shares, what the event or mail before said, and acts counted from a date that was told. */
import { stringify } from 'yaml';
import { dataAt } from '../../../workflows/core/simulate/behaviour';
import { chanceOf, sharesOf } from '../../../workflows/core/simulate/chance';
import { cartAbandonment } from '../../../workflows/sequences/cart-abandonment/plan';
import { webinar } from '../../../workflows/sequences/webinar/plan';
import { behaviourOf } from '../../../workflows/settings/behaviour';
import { shippedBehaviour, simulated } from './fixture';

const counts = (run: ReturnType<typeof simulated>) => run.report().engagement.human;

test('a field is one of several by their shares, or what the cause says in its own; what the cause does not say is left out', () => {
  const chance = chanceOf(1, 1);
  const data = {
    value: {
      oneOf: sharesOf([
        [40, 7_500],
        [160, 2_500],
      ] as const),
    },
    cart: { same: 'cart' },
    gift: { same: 'gift' },
  };
  const told = Array.from({ length: 2_000 }, () => dataAt(data, 0, chance, { cart: 'c1' }));
  expect(Math.abs(told.filter(({ value }) => value === 160).length - 500)).toBeLessThan(80);
  expect(new Set(told.map(({ cart }) => cart))).toEqual(new Set(['c1']));
  expect(told.some((one) => 'gift' in one)).toBe(false);
});

test('people come to the webinar they registered for, once it begins, and the sequence knows them from those who missed it', () => {
  const run = simulated({ plans: [webinar], behaviour: shippedBehaviour() });
  run.run(0, 300);
  const { byTouch } = run.report();
  const sent = (touch: string) => byTouch[`webinar/registered/${touch}`]?.['sent'] ?? 0;
  expect(counts(run)['webinar.attended']).toBeGreaterThan(90);
  expect(sent('webinar-slides')).toBeGreaterThan(80);
  expect(sent('webinar-missed')).toBeGreaterThan(120);
});

test('who is put onto it by marketing comes in where marketing puts them, not by the event', () => {
  const run = simulated({ plans: [webinar], behaviour: shippedBehaviour(), enrolled: true });
  run.run(0, 300);
  expect(run.report().byTouch['webinar/invited/webinar-invite']?.['sent']).toBeGreaterThan(250);
  expect(counts(run)['webinar.registered']).toBeLessThan(60);
});

test('who buys what is in the cart buys that cart, and so comes to the goal', () => {
  const run = simulated({ plans: [cartAbandonment], behaviour: shippedBehaviour() });
  run.run(0, 300);
  expect(counts(run)['order.placed']).toBeGreaterThan(30);
  expect(run.report().left['cart-abandonment']?.['goal']).toBeGreaterThan(30);
});

test('faults in what people say are told with their path', () => {
  const shipped = stringify({
    begin: {
      webinar: {
        room: {
          oneOf: [
            ['a', 50],
            ['b', 20],
          ],
        },
        host: { same: 'host' },
      },
    },
  });
  const paths = behaviourOf('b.yaml', shipped).faults.map(({ path }) => path);
  expect(paths.filter((path) => path.includes('begin'))).toHaveLength(2);
});
