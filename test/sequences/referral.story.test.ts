/** Stories of people whom somebody referred, and of what whoever referred them hears of it. */
import { referral } from '../../workflows/sequences/referral/plan';
import { thankReferrer } from '../../workflows/sequences/thank-referrer/plan';
import { journey } from '../../workflows/testing';

/** A Monday at ten in Paris. */
const begin = () => journey(referral, { at: '2026-03-02T10:00', zone: 'Europe/Paris', leadId: 'ld_bob' });
const paris = { zone: 'Europe/Paris' };
const referred = () => begin().person(paris).does('referral.invited', { referrer: 'ld_ada' });

test('who was referred gets a code of their own and a word in the name of who referred them, at once', () => {
  const tale = referred().runs('friend-code').receives('referral-hello').isAtStage('consideration');
  const sends = tale.facts().flatMap((fact) => (fact.type === 'EffectDecided' && fact.effect.type === 'SendTouch' ? [fact.effect] : []));
  expect(sends).toMatchObject([
    { touch: 'referral-hello', from: 'referrer', data: { referrer: 'ld_ada', 'coupon.code': 'EXAMPLE-7KQ2M9XWPA' } },
  ]);
});

test('one story and one reminder follow, and then nothing', () => {
  referred()
    .after('3 days')
    .receives('customer-story')
    .after('18 days')
    .receives('referral-code')
    .after('100 days')
    .received(['referral-hello', 'customer-story', 'referral-code'])
    .after('60 days')
    .hasLeft('referral', 'ran out');
});

test('who does not agree to marketing gets nothing, and no code is made for them', () => {
  begin()
    .person(paris, 'none')
    .does('referral.invited', { referrer: 'ld_ada' })
    .isNotSent('friend-code', 'condition')
    .isNotSent('referral-hello', 'consent')
    .after('30 days')
    .received([])
    .hasNoFact('EffectReturned');
});

test('while no code can be made the mail waits; where none can be made at all it goes without, and nobody is reminded of it', () => {
  const away = { as: 'unavailable', because: 'effect-failed' } as const;
  begin()
    .person(paris)
    .mailEnds('friend-code', ...Array.from({ length: 20 }, () => away))
    .does('referral.invited', { referrer: 'ld_ada' })
    .receivesNothing()
    .waitsFor('friend-code')
    .after('2 days')
    .isNotSent('friend-code', 'unavailable')
    .receives('referral-hello')
    .after('30 days')
    .isNotSent('referral-code', 'condition');
});

test('when they buy, the referrer hears of it after the time for taking it back, not before', () => {
  referred()
    .after('5 days')
    .does('subscription.started', { plan: 'team' })
    .isIn('won')
    .after('13 days')
    .hasNoFact('LeadsTold')
    .after('1 day')
    .tells('thank-referrer', { referred: 'ld_bob' })
    .received(['referral-hello', 'customer-story']);
});

test('marketing may set that time', () => {
  begin()
    .person(paris)
    .enters('referral', { data: { referrer: 'ld_ada' }, settings: { thankAfter: '1 hour' } })
    .does('order.placed', { order: 'o-1' })
    .after('1 hour')
    .tells('thank-referrer');
});

test('a deal that is lost again tells nobody', () => {
  referred()
    .after('5 days')
    .does('deal.won')
    .after('3 days')
    .does('deal.lost')
    .after('20 days')
    .isNotSent('thank-referrer', 'condition')
    .hasNoFact('LeadsTold');
});

test('who opted out and buys later is still the doing of the referrer', () => {
  referred()
    .after('1 day')
    .unsubscribes('referral-hello')
    .isOn('referral')
    .after('60 days')
    .received(['referral-hello'])
    .does('subscription.started', { plan: 'team' })
    .after('14 days')
    .tells('thank-referrer', { referred: 'ld_bob' });
});

test('who complains is let go, and a purchase after half a year is nobody else’s doing', () => {
  referred().after('1 day').complains('referral-hello').hasLeft('referral', 'exit').isOnNothing();
  referred().after('181 days').does('subscription.started', { plan: 'team' }).after('30 days').hasNoFact('LeadsTold');
});

test('a customer is not referred, and nobody twice', () => {
  begin()
    .person({ ...paris, customer: true })
    .does('referral.invited', { referrer: 'ld_ada' })
    .isOnNothing();
  referred()
    .after('1 day')
    .does('referral.invited', { referrer: 'ld_eve' })
    .after('200 days')
    .does('referral.invited', { referrer: 'ld_eve' })
    .isOnNothing();
});

test('whoever asks for a demo is called within four hours, and marketing waits', () => {
  referred()
    .after('1 day')
    .does('form.submitted', { form: 'demo' })
    .isHandedOff({ by: 'hand-raiser', contactWithin: '4 hours' })
    .rep('accepts')
    .rep('contacts')
    .after('5 days')
    .receivesNothing()
    .waitsFor('customer-story', 'hand-off');
});

test('what is told of them is what thanks the referrer', () => {
  const told = referred()
    .does('subscription.started', { plan: 'team' })
    .after('14 days')
    .facts()
    .flatMap((fact) => (fact.type === 'EffectDecided' && fact.effect.type === 'TellLeads' ? [fact.effect] : []));
  expect(told).toMatchObject([{ whom: 'referrer', referrer: 'ld_ada', event: 'referral.won' }]);
  const { referred: who } = told[0]?.data ?? {};
  journey(thankReferrer, { leadId: 'ld_ada' })
    .person()
    .does('referral.won', { referred: String(who) }, { by: 'engine' })
    .isOn('thank-referrer')
    .hasFact('Enrolled', { data: { referred: 'ld_bob' } });
});
