/** Stories of people who left a cart: reminded of what is in it, helped, and let alone once it is bought or emptied. */
import { cartAbandonment } from '../../workflows/sequences/cart-abandonment/plan';
import { journey } from '../../workflows/testing';

const shopper = (value = 60) =>
  journey(cartAbandonment, { at: '2026-03-02T10:00', zone: 'Europe/Paris' })
    .person({ zone: 'Europe/Paris' })
    .does('cart.updated', { cart: 'c-1', value, items: 1 });

test('whoever leaves a cart is reminded of it two hours after the last change', () => {
  shopper()
    .after('90 minutes')
    .does('cart.updated', { cart: 'c-1', value: 80, items: 2 })
    .after('90 minutes')
    .receivesNothing()
    .after('30 minutes')
    .receives('cart-still-there')
    .hasFact('EnrolmentDataChanged', { data: { value: 80, items: 2 } });
});

test('what is in the mail is what is in the cart by then', () => {
  const tale = shopper().after('1 hour').does('cart.updated', { cart: 'c-1', value: 45, items: 3, currency: 'EUR' }).after('2 hours');
  const data = tale
    .facts()
    .flatMap((fact) => (fact.type === 'EffectDecided' && fact.effect.type === 'SendTouch' ? [fact.effect.data] : []));
  expect(data).toEqual([{ cart: 'c-1', value: 45, items: 3, currency: 'EUR' }]);
});

test('a day later comes help, and a small cart gets no offer', () => {
  shopper()
    .after('2 hours')
    .receives('cart-still-there')
    .after('1 day')
    .receives('cart-help')
    .neverReceives('cart-offer')
    .after('20 days')
    .isOnNothing();
});

test('a large cart gets an offer at ten in the morning', () => {
  shopper(240).after('2 hours').after('1 day').at('2026-03-06T09:59').receivesNothing().at('2026-03-06T10:00').receives('cart-offer');
});

test('a cart that is bought is left alone, another one is not', () => {
  shopper(240)
    .after('1 hour')
    .does('cart.updated', { cart: 'c-2', value: 30, items: 1 })
    .does('order.placed', { order: 'o-1', cart: 'c-1' })
    .hasLeft('cart-abandonment', 'goal: order.placed')
    .after('3 hours')
    .received(['cart-still-there']);
});

test('a cart that is emptied ends it, and filling it again begins anew', () => {
  shopper()
    .after('1 hour')
    .does('cart.updated', { cart: 'c-1', value: 0, items: 0 })
    .hasLeft('cart-abandonment', 'exit')
    .after('3 hours')
    .receivesNothing()
    .does('cart.updated', { cart: 'c-1', value: 20, items: 1 })
    .after('2 hours')
    .receives('cart-still-there');
});

test('a machine that touches the cart changes nothing', () => {
  shopper().after('1 hour').does('cart.updated', { cart: 'c-1', value: 1 }, { by: 'machine' }).after('1 hour').receives('cart-still-there');
});
