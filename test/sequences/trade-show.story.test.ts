/** Stories of people who were at the stand: hot ones are called, warm ones reminded of what they saw, and one may turn into the other. */
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { tradeShow } from '../../workflows/sequences/trade-show/plan';
import { journey } from '../../workflows/testing';

const scanned = (rating: 'hot' | 'warm' | 'cold') =>
  journey(tradeShow, { with: [buyersJourney, trialOffer], at: '2026-03-05T15:00', zone: 'Europe/Berlin' })
    .person({ zone: 'Europe/Berlin' })
    .does('badge.scanned', { event: 'spring-expo', rating });

test('whoever was hot is handed to sales at once and hears from that rep two hours later', () => {
  const tale = scanned('hot')
    .isIn('hot')
    .isHandedOff({ by: 'hot-at-the-stand', contactWithin: '24 hours' })
    .rep('accepts')
    .after('2 hours')
    .receives('show-good-to-meet');
  const senders = tale
    .facts()
    .flatMap((fact) => (fact.type === 'EffectDecided' && fact.effect.type === 'SendTouch' ? [fact.effect.from] : []));
  expect(senders).toEqual(['owner']);
});

test('who booked, replied or was reached is not asked for a time again', () => {
  scanned('hot').after('3 hours').does('demo.booked', { meeting: 'm-1' }).after('10 days').isNotSent('show-times-to-talk', 'condition');
  scanned('hot').after('3 hours').replies('show-good-to-meet').after('10 days').isNotSent('show-times-to-talk', 'condition');
  scanned('hot')
    .after('3 hours')
    .does('phone.called', { outcome: 'reached' })
    .after('10 days')
    .isNotSent('show-times-to-talk', 'condition');
  scanned('hot').after('3 hours').does('phone.called', { outcome: 'mailbox' }).at('2026-03-09T10:05').hasReceived('show-times-to-talk');
});

test('whoever was warm sees what they saw again, on a working day, and a demo only after a click', () => {
  scanned('warm').at('2026-03-09T10:00').receives('show-what-you-saw').after('20 days').isNotSent('demo-invite', 'condition');
  scanned('warm').at('2026-03-09T11:00').clicks('show-what-you-saw').at('2026-03-20T10:05').hasReceived('demo-invite');
});

test('whoever was cold gets one page; a click makes them warm', () => {
  scanned('cold')
    .at('2026-03-09T10:00')
    .receives('show-nice-to-have-met')
    .after('1 hour')
    .clicks('show-nice-to-have-met')
    .isIn('warm')
    .at('2026-03-11T10:00')
    .receives('show-what-you-saw');
});

test('a second scan brings the rating up to date and does not enrol twice', () => {
  scanned('warm')
    .after('2 hours')
    .does('badge.scanned', { event: 'spring-expo', rating: 'hot' })
    .isIn('hot')
    .isHandedOff({ by: 'hot-at-the-stand' });
});

test('another show is another enrolment', () => {
  scanned('cold')
    .after('60 days')
    .does('badge.scanned', { event: 'autumn-expo', rating: 'warm' })
    .after('5 days')
    .hasReceived('show-what-you-saw');
});

test('whoever is through goes on with the journey of a buyer', () => {
  scanned('cold').after('11 days').hasLeft('trade-show').isOn('buyers-journey');
});
