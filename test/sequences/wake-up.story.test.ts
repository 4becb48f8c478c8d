/** Stories of people who have gone quiet: asked, offered less, left alone, and back when they come back. */
import { trialOffer } from '../../workflows/sequences';
import { wakeUp } from '../../workflows/sequences/wake-up/plan';
import { journey } from '../../workflows/testing';

const quiet = () =>
  journey(wakeUp, { at: '2026-01-05T10:00', zone: 'America/New_York', with: [trialOffer] })
    .person({ zone: 'America/New_York' })
    .does('app.login');

test('after ninety days without a sign of life people are asked, at ten on a weekday', () => {
  quiet()
    .after('89 days')
    .isOnNothing()
    .at('2026-04-06T09:59')
    .isOn('wake-up')
    .receivesNothing()
    .at('2026-04-06T10:00')
    .receives('wake-up-still-of-use');
});

test('who does not answer is offered less, told goodbye, and left alone', () => {
  quiet()
    .at('2026-06-30T10:00')
    .received(['wake-up-still-of-use', 'wake-up-fewer-mails', 'wake-up-goodbye'])
    .hasLeft('wake-up', 'ran out')
    .at('2028-01-01T10:00')
    .received(['wake-up-still-of-use', 'wake-up-fewer-mails', 'wake-up-goodbye']);
});

test('a click says that they are awake', () => {
  quiet()
    .at('2026-04-07T12:00')
    .clicks('wake-up-still-of-use')
    .hasLeft('wake-up', 'goal')
    .neverReceives('wake-up-fewer-mails')
    .after('60 days');
});

test('whoever fell silent again is asked again, not sooner than half a year later', () => {
  quiet()
    .at('2026-04-07T12:00')
    .clicks('wake-up-still-of-use')
    .at('2026-10-02T10:00')
    .isOnNothing()
    .at('2026-10-05T10:00')
    .isOn('wake-up')
    .receives('wake-up-still-of-use');
});

test('silence is of people, not of machines', () => {
  quiet().after('60 days').does('page.viewed', { path: '/' }, { by: 'machine' }).at('2026-04-06T10:00').receives('wake-up-still-of-use');
  quiet().after('60 days').does('page.viewed', { path: '/' }).at('2026-04-06T10:00').isOnNothing();
});

test('an opt-out ends it', () => {
  quiet().at('2026-04-06T11:00').unsubscribes('wake-up-still-of-use').isOnNothing().neverReceives('wake-up-fewer-mails').after('1 week');
});
