/** Stories of people who missed a demo: asked for another time beside the rep, reminded of the second one, never nagged. */
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { demoNoShow } from '../../workflows/sequences/demo-no-show/plan';
import { newsletter } from '../../workflows/sequences/newsletter/plan';
import { journey } from '../../workflows/testing';

const berlin = { zone: 'Europe/Berlin', industry: 'software', seniority: 'director' };
/** A Tuesday; the demo was to begin at eleven. */
const begin = () =>
  journey(demoNoShow, {
    with: [newsletter, buyersJourney, trialOffer],
    at: '2026-03-03T09:00',
    zone: 'Europe/Berlin',
    reps: ['rosa', 'sam'],
  });
const missed = () => begin().person(berlin).at('2026-03-03T11:10').does('demo.noShow', { meeting: 'm-1' });
/** Rosa has the person, who asked for the demo by a form. */
const withRosa = () =>
  begin()
    .person(berlin)
    .enters('buyers-journey')
    .does('form.submitted', { form: 'demo' })
    .rep('accepts')
    .rep('contacts')
    .after('7 days')
    .does('demo.noShow', { meeting: 'm-1' });

test('who misses a demo is asked for another time a quarter of an hour later, no sooner', () => {
  missed().after('14 minutes').receivesNothing().after('1 minute').receives('demo-missed').isAtStage('decision');
});

test('who was only late hears nothing of it', () => {
  missed().after('10 minutes').does('demo.held', { meeting: 'm-1' }).hasLeft('demo-no-show', 'goal').after('5 days').received([]);
});

test('while a rep has the person, mails of the appointment go, other sequences wait, and the rep who has them is asked to ring', () => {
  withRosa()
    .after('15 minutes')
    .receives('demo-missed')
    .waitsFor('customer-story', 'hand-off')
    .after('25 hours')
    .isGivenTask('ring', { to: 'rosa' })
    .after('2 days')
    .receives('demo-other-times')
    .isHandedOff({ to: 'rosa', by: 'hand-raiser' });
});

test('the recording waits as long as the rep has the person, and goes once they are given back', () => {
  withRosa()
    .after('40 days')
    .isIn('rebook')
    .waitsFor('demo-recording', 'hand-off')
    .rep('rejects')
    .after('1 day')
    .hasReceived('demo-recording');
});

test('without a rep the next in turn rings, on the next working morning where the person is', () => {
  begin()
    .person({ zone: 'America/Chicago' })
    // Friday afternoon in Chicago.
    .at('2026-03-06T22:00')
    .does('demo.noShow', { meeting: 'm-1' })
    .at('2026-03-09T15:59')
    .hasNoFact('TaskGiven')
    .at('2026-03-09T16:00')
    .isGivenTask('ring', { to: 'rosa' });
});

test('who books again is not rung, gets a rep, and is reminded a day and an hour before', () => {
  missed()
    .after('20 minutes')
    .clicks('demo-missed')
    .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-10T14:00:00+01:00' })
    .isIn('booked')
    .isHandedOff({ by: 'booked-again', contactWithin: '24 hours' })
    .at('2026-03-09T13:59')
    .receivesNothing()
    .hasNoFact('TaskGiven')
    .at('2026-03-09T14:00')
    .receives('demo-tomorrow')
    .at('2026-03-10T13:00')
    .receives('demo-in-an-hour')
    .at('2026-03-10T14:40')
    .does('demo.held', { meeting: 'm-2' })
    .hasLeft('demo-no-show', 'goal: demo.held')
    .received(['demo-missed', 'demo-tomorrow', 'demo-in-an-hour']);
});

test('a second demo that is moved is reminded of at its new time', () => {
  missed()
    .after('20 minutes')
    .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-10T14:00:00+01:00' })
    .after('1 day')
    .does('demo.booked', { meeting: 'm-3', startsAt: '2026-03-17T09:00:00+01:00' })
    .at('2026-03-16T08:59')
    .received(['demo-missed'])
    .at('2026-03-16T09:00')
    .receives('demo-tomorrow');
});

test('one booked for in three hours gets the last reminder only', () => {
  missed()
    .after('20 minutes')
    .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-03T14:30:00+01:00' })
    .isNotSent('demo-tomorrow', 'past')
    .at('2026-03-03T13:30')
    .receives('demo-in-an-hour');
});

test('who misses the second one, too, is left to the rep, and comes back to the newsletter', () => {
  missed()
    .after('20 minutes')
    .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-05T14:00:00+01:00' })
    .rep('accepts')
    .rep('contacts')
    .at('2026-03-05T14:15')
    .does('demo.noShow', { meeting: 'm-2' })
    .isIn('missed-again')
    .after('1 hour')
    .isGivenTask('decide', { to: 'rosa' })
    .after('6 days')
    .receivesNothing()
    .rep('rejects')
    .after('4 days')
    .hasLeft('demo-no-show', 'ran out')
    .isOn('newsletter');
});

test('who replies is in conversation: nothing automatic goes on', () => {
  missed().after('20 minutes').replies('demo-missed').hasLeft('demo-no-show', 'in conversation').after('20 days').received(['demo-missed']);
});

test('who is reached by telephone is, too; an attempt that reaches nobody changes nothing', () => {
  missed()
    .after('2 days')
    .does('phone.called', { outcome: 'no-answer' })
    .isIn('rebook')
    .does('phone.called', { outcome: 'reached' })
    .hasLeft('demo-no-show', 'in conversation');
});

test('who opted out of marketing still hears of the appointment they made, and of nothing else', () => {
  missed()
    .withdrawsConsent()
    .after('3 days')
    .received(['demo-missed', 'demo-other-times'])
    .after('12 days')
    .isNotSent('demo-recording', 'consent');
});

test('who does nothing gets the recording and is nurtured again', () => {
  missed()
    .after('12 days')
    .received(['demo-missed', 'demo-other-times', 'demo-recording'])
    .after('3 days')
    .hasLeft('demo-no-show', 'ran out')
    .isOn('newsletter');
});

test('demos missed in a row are one enrolment in thirty days', () => {
  missed()
    .does('demo.noShow', { meeting: 'm-2' })
    .after('16 days')
    .isOn('newsletter')
    .does('demo.noShow', { meeting: 'm-3' })
    .after('1 day')
    .received(['demo-missed', 'demo-other-times', 'demo-recording'])
    .after('30 days')
    .does('demo.noShow', { meeting: 'm-4' })
    .after('15 minutes')
    .receives('demo-missed');
});

test('who buys meanwhile is done with it', () => {
  missed().after('1 day').does('subscription.started', { plan: 'team' }).hasLeft('demo-no-show', 'became a customer');
});
