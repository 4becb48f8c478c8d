/** Stories of people who signed up: confirmed first, welcomed by what they do, asked how often, and handed on to the newsletter. */
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { newsletter } from '../../workflows/sequences/newsletter/plan';
import { welcome } from '../../workflows/sequences/welcome/plan';
import { journey } from '../../workflows/testing';

const signsUp = (traits = {}, consent: 'granted' | 'none' = 'granted') =>
  journey(welcome, { with: [newsletter, buyersJourney, trialOffer], at: '2026-03-02T22:30', zone: 'Europe/Berlin' })
    .person({ zone: 'Europe/Berlin', ...traits }, consent)
    .does('newsletter.subscribed', { topic: 'planning' });

test('whoever has not agreed yet is asked whether the address is theirs, at once and once more, and then never again', () => {
  signsUp({}, 'none')
    .isIn('confirm')
    .receives('welcome-confirm')
    .at('2026-03-05T10:00')
    .receives('welcome-confirm-again')
    .neverReceives('welcome-hello')
    .after('30 days')
    .hasLeft('welcome', 'ran out')
    .isOnNothing();
});

test('the click that confirms begins the welcome, in the morning where it is night', () => {
  signsUp({}, 'none')
    .receives('welcome-confirm')
    .after('10 minutes')
    .consents()
    .isIn('hello')
    .receivesNothing()
    .at('2026-03-03T08:30')
    .receives('welcome-hello')
    .neverReceives('welcome-confirm-again')
    .after('10 days');
});

test('what they read next depends on whom they are like', () => {
  const reads = (seniority?: string) => signsUp(seniority === undefined ? {} : { seniority }).at('2026-03-05T10:05');
  reads('executive').takesArm('what-they-do', 'decides').received(['welcome-hello', 'cost-of-waiting']);
  reads('manager').takesArm('what-they-do', 'leads').received(['welcome-hello', 'how-to-guide']);
  reads().takesArm('what-they-do', 'otherwise').received(['welcome-hello', 'industry-infographic']);
});

test('how often is asked of those who have not said it', () => {
  signsUp().at('2026-03-09T10:05').hasReceived('welcome-how-often');
  signsUp({ frequency: 'monthly' }).at('2026-03-20T10:05').isNotSent('welcome-how-often', 'condition');
});

test('after ten days the newsletter takes over', () => {
  signsUp().at('2026-03-13T22:35').hasLeft('welcome', 'ran out').isOn('newsletter');
});

test('the first mail waits where the cap is reached, and is not left out', () => {
  journey(welcome, {
    with: [newsletter, buyersJourney, trialOffer],
    at: '2026-03-02T10:00',
    zone: 'Europe/Berlin',
    settings: { cap: { touches: 0, per: '7 days' } },
  })
    .person({ zone: 'Europe/Berlin' })
    .does('newsletter.subscribed', { topic: 'planning' })
    .waitsFor('welcome-hello', 'cap');
});

test('whoever signs up again later gets nothing twice, and stays on the newsletter', () => {
  signsUp()
    .at('2026-07-06T10:00')
    .isOn('newsletter')
    .does('newsletter.subscribed', { topic: 'planning' })
    .isNotSent('welcome-hello', 'repeated')
    .after('11 days')
    .hasLeft('welcome', 'ran out: newsletter was not begun: The lead is already in newsletter.')
    .isOn('newsletter');
});
