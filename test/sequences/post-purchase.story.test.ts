/** Stories of people who bought: thanked, helped, asked, and called when they are unhappy. */
import { postPurchase } from '../../workflows/sequences/post-purchase/plan';
import { journey } from '../../workflows/testing';

const bought = () =>
  journey(postPurchase, { at: '2026-03-02T23:00', zone: 'Europe/Berlin' })
    .person({ zone: 'Europe/Berlin' })
    .does('order.placed', { order: 'o-1', value: 120 });
const using = () => bought().at('2026-03-05T12:00').does('order.delivered', { order: 'o-1' }).isIn('using');

test('thanks go out at once, in the night too', () => {
  bought().receives('order-thanks');
});

test('who has it is helped two days later, and asked after two weeks', () => {
  using().at('2026-03-09T10:00').receives('order-get-going').at('2026-03-24T10:00').receives('order-how-likely');
});

test('an order of which nobody says that it arrived is asked about after three weeks', () => {
  bought().at('2026-03-24T10:05').hasReceived('order-is-it-there').neverReceives('order-how-likely').after('40 days').isOnNothing();
});

test('the delivery of another order moves nothing', () => {
  bought().after('2 days').does('order.delivered', { order: 'o-9' }).isIn('ordered');
});

test('whoever is unhappy is called, and is sold nothing afterwards', () => {
  using()
    .at('2026-03-24T10:05')
    .does('survey.answered', { survey: 'how-likely', score: 3 })
    .takesArm('how-it-went', 'unhappy')
    .isGivenTask('call-the-unhappy')
    .neverReceives('order-tell-a-colleague')
    .after('40 days')
    .isNotSent('order-what-goes-with-it', 'condition');
});

test('whoever is delighted is asked to tell a colleague, once a year', () => {
  using()
    .at('2026-03-24T10:05')
    .does('survey.answered', { survey: 'how-likely', score: 10 })
    .takesArm('how-it-went', 'delighted')
    .at('2026-03-26T10:00')
    .receives('order-tell-a-colleague');
});

test('a second order within the quarter is thanked for, but not asked about again', () => {
  using()
    .at('2026-03-24T11:00')
    .does('order.placed', { order: 'o-2', value: 40 })
    .receives('order-thanks')
    .after('2 days')
    .does('order.delivered', { order: 'o-2' })
    .after('40 days')
    .isNotSent('order-get-going', 'repeated')
    .isNotSent('order-how-likely', 'repeated');
});
