/** Stories of people around a webinar: invited, reminded, there or not, and when its date moves. */
import { webinar } from '../../workflows/sequences/webinar/plan';
import { journey } from '../../workflows/testing';

const spring = { webinar: 'spring-planning', startsAt: '2026-03-10T16:00' } as const;
const invited = () => journey(webinar, { at: '2026-02-20T09:00', zone: 'Europe/Berlin' }).lead({ zone: 'Europe/Berlin' }, { data: spring });
const registered = (at = '2026-03-02T11:00') =>
  journey(webinar, { at, zone: 'Europe/Berlin' }).person({ zone: 'Europe/Berlin' }).does('webinar.registered', spring);

test('whoever is invited hears of it two weeks and two days before, and not after it began', () => {
  invited()
    .receivesNothing()
    .at('2026-02-24T16:00')
    .receives('webinar-invite')
    .at('2026-03-08T16:00')
    .receives('webinar-last-call')
    .at('2026-03-10T16:00')
    .hasLeft('webinar', 'ran out')
    .neverReceives('webinar-missed')
    .after('30 days');
});

test('whoever is invited late gets the invitation at once, and no last call that is none', () => {
  journey(webinar, { at: '2026-03-09T09:00', zone: 'Europe/Berlin' })
    .lead({ zone: 'Europe/Berlin' }, { data: spring })
    .receives('webinar-invite')
    .isNotSent('webinar-last-call', 'past');
});

test('whoever registers gets the link at once, two reminders, and the slides after having been there', () => {
  registered()
    .isIn('registered')
    .receives('webinar-join-link')
    .at('2026-03-09T16:00')
    .receives('webinar-tomorrow')
    .at('2026-03-10T15:00')
    .receives('webinar-in-an-hour')
    .at('2026-03-10T17:10')
    .does('webinar.attended', { webinar: 'spring-planning', minutes: 58 })
    .at('2026-03-10T20:00')
    .takesArm('was-there', 'attended')
    .receives('webinar-slides')
    .neverReceives('webinar-missed')
    .after('30 days')
    .hasLeft('webinar');
});

test('an invited person who registers is not invited again', () => {
  invited()
    .at('2026-02-25T10:00')
    .does('webinar.registered', spring)
    .receives('webinar-join-link')
    .neverReceives('webinar-last-call')
    .after('30 days');
});

test('the link and the reminders come at night and against the cap, because they were asked for', () => {
  journey(webinar, { at: '2026-03-10T02:30', zone: 'Europe/Berlin', settings: { cap: { touches: 1, per: '30 days' } } })
    .person({ zone: 'Europe/Berlin' })
    .does('webinar.registered', { webinar: 'night', startsAt: '2026-03-11T04:00' })
    .receives('webinar-join-link')
    .at('2026-03-10T04:00')
    .receives('webinar-tomorrow');
});

test('whoever was not there gets the recording a day later, and other dates if they do not watch it', () => {
  registered()
    .at('2026-03-11T18:00')
    .takesArm('was-there', 'otherwise')
    .receives('webinar-missed')
    .after('5 days')
    .receives('webinar-next-dates');
});

test('whoever watches the recording is not told of other dates', () => {
  registered().at('2026-03-11T19:00').clicks('webinar-missed').after('6 days').isNotSent('webinar-next-dates', 'condition');
});

test('a webinar that moves takes its reminders with it', () => {
  registered()
    .at('2026-03-05T10:00')
    .does('webinar.rescheduled', { webinar: 'spring-planning', startsAt: '2026-04-02T16:00' })
    .hasFact('StepReplanned', { step: 'webinar-tomorrow' })
    .at('2026-03-20T10:00')
    .receivesNothing()
    .at('2026-04-01T16:00')
    .receives('webinar-tomorrow')
    .at('2026-04-02T15:00')
    .receives('webinar-in-an-hour');
});

test('who registers half an hour before the start is not told that it is tomorrow', () => {
  registered('2026-03-10T15:30')
    .receives('webinar-join-link')
    .isNotSent('webinar-tomorrow', 'past')
    .isNotSent('webinar-in-an-hour', 'past');
});

test('each webinar is an enrolment of its own, and nobody is enrolled twice for one', () => {
  registered()
    .does('webinar.registered', { webinar: 'summer-planning', startsAt: '2026-06-10T16:00' })
    .does('webinar.registered', spring)
    .received(['webinar-join-link', 'webinar-join-link'])
    .at('2026-06-09T16:00')
    .receives('webinar-tomorrow');
});

test('reminders keep their hour over the change of the clocks', () => {
  journey(webinar, { at: '2026-03-27T11:00', zone: 'Europe/Berlin' })
    .person({ zone: 'Europe/Berlin' })
    .does('webinar.registered', { webinar: 'sunday', startsAt: '2026-03-29T16:00' })
    .at('2026-03-28T15:59')
    .receivesNothing()
    .at('2026-03-28T16:00')
    .receives('webinar-tomorrow');
});
