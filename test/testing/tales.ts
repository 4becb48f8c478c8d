/** Tales that between them touch every part of the engine: told in the core, on a real server, and turned into stories and told again. */
import { buyersJourney, demoNoShow, newsletter, trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';
import { intro, missed, talk, yearly } from './small-sequences';

const buying = () => journey(buyersJourney, { with: [trialOffer], at: '2026-03-02T09:00', zone: 'Europe/Berlin' });
/** Marketing may have changed what the repository ships. */
export const changedSettings = { cap: { touches: 1, per: '4 days' } } as const;
const introduced = () => journey(intro, { with: [talk], reps: ['rosa', 'sam'], settings: changedSettings });
const director = { industry: 'software', seniority: 'director', size: '201-1000', zone: 'Europe/Berlin' };

export const tales = {
  'a lead who reads nothing, to the end and into sleep, and is woken by a trial': () =>
    buying().lead().after('16 days').after('50 days').hasFact('LeadRested').does('trial.started', { plan: 'team' }).after('30 days'),
  'a hand-raiser: reminded about, breached, met, given back, nurtured on': () =>
    buying()
      .lead(director)
      .after('4 days')
      .clicks('how-to-guide')
      .does('form.submitted', { form: 'demo' })
      .after('5 hours')
      .rep('accepts')
      .rep('contacts')
      .after('8 days')
      .rep('rejects')
      .after('20 days'),
  'a trial used as hoped, while a rep has the lead': () =>
    journey(trialOffer)
      .person(director)
      .does('trial.started', { plan: 'team' })
      .after('3 hours')
      .does('project.created')
      .does('form.submitted', { form: 'demo' })
      .after('5 days')
      .rep('accepts')
      .does('subscription.started', { plan: 'team' })
      .after('10 days'),
  'a hand-off that goes from rep to rep, first to nobody': () =>
    introduced()
      .lead()
      .repsAreAway('3 hours')
      .does('form.submitted', { form: 'demo' })
      .after('2 days')
      .rep('accepts')
      .rep('contacts')
      .rep('wins')
      .after('3 days'),
  'mails that find the server away, bounce softly, or are never heard of again': () =>
    introduced()
      .person()
      .mailIsAway('2 hours')
      .mailEnds('welcome', 'finds the server away', 'is uncertain')
      .enters()
      .after('1 day')
      .operator('settles', { touch: 'welcome', sent: true })
      .mailEnds('guide', 'is refused')
      .after('30 days'),
  'a mailbox that does not exist': () =>
    introduced().person().mailEnds('welcome', 'bounces').enters().after('60 days').hasFact('LeadRested'),
  'an operator who pauses, moves, suppresses': () =>
    introduced()
      .lead()
      .operator('pauses')
      .after('5 days')
      .operator('resumes')
      .operator('moves', { phase: 'more' })
      .after('1 hour')
      .operator('suppresses', { channel: 'email' })
      .after('2 days'),
  'a cap, a night, a change of mind and of profile': () =>
    introduced()
      .at('2026-03-26T20:30', 'Europe/Berlin')
      .person({ zone: 'Europe/Berlin' }, 'none')
      .enters()
      .after('1 hour')
      .consents()
      .after('12 hours')
      .becomes({ seniority: 'director', zone: 'America/New_York' })
      .after('9 days'),
  'a wait for an event, a late one, and a choice between two ways': () =>
    introduced()
      .lead({}, { phase: 'more', campaign: 'spring', data: { plan: 'team' } })
      .after('2 days')
      .does('page.viewed', { path: '/pricing' }, { ago: '30 hours' })
      .after('1 day')
      .does('project.created')
      .after('40 days'),
  'a renewal whose date is told late and moves': () =>
    journey(yearly, { at: '2026-03-02T09:00', zone: 'Europe/Berlin' })
      .lead({ zone: 'Europe/Berlin' })
      .waitsFor('renews-soon')
      .after('5 days')
      .dateMoves('renewsAt', '2026-04-20')
      .after('20 days')
      .receivesNothing()
      .dateMoves('renewsAt', '2026-04-13')
      .at('2026-03-30T09:00')
      .receives('renews-soon')
      .at('2026-04-12T12:00')
      .receives('renews-tomorrow')
      .dateMoves('renewsAt', '2026-04-20')
      .at('2026-04-22T11:00')
      .receives('thanks')
      .after('90 days'),
  'a code that is made, a call that waits for a rep, and news for who sent them': () =>
    journey(missed, { reps: ['rosa', 'sam'] })
      .person()
      .mailEnds('gift', { as: 'unavailable', because: 'effect-failed' })
      .returns('coupon', { code: 'SPRING-7' })
      .repsAreAway('30 hours')
      .enters()
      .after('2 days')
      .isGivenTask('ring')
      .after('2 days')
      .tells('thank')
      .receives('spring-offer')
      .after('20 days'),
  'a demo missed beside a rep, rung about, booked again, moved, held': () =>
    journey(demoNoShow, {
      with: [newsletter, buyersJourney, trialOffer],
      reps: ['rosa', 'sam'],
      at: '2026-03-03T09:00',
      zone: 'Europe/Berlin',
    })
      .person(director)
      .enters('buyers-journey')
      .does('form.submitted', { form: 'demo' })
      .rep('accepts')
      .rep('contacts')
      .after('7 days')
      .does('demo.noShow', { meeting: 'm-1' })
      .after('25 hours')
      .isGivenTask('ring', { to: 'rosa' })
      .after('3 days')
      .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-20T14:00:00+01:00' })
      .after('1 day')
      .does('demo.booked', { meeting: 'm-2', startsAt: '2026-03-24T14:00:00+01:00' })
      .at('2026-03-24T14:30')
      .received(['welcome', 'demo-missed', 'demo-other-times', 'demo-tomorrow', 'demo-in-an-hour'])
      .does('demo.held', { meeting: 'm-2' })
      .rep('rejects')
      .after('20 days'),
  'so many events that the workflow continues as new': () => {
    const tale = introduced().lead();
    for (let day = 1; day <= 40; day += 1)
      tale
        .after('6 hours')
        .does('page.viewed', { path: `/page-${day}` })
        .does('app.login', {}, { by: 'machine' });
    return tale.after('30 days');
  },
} as const;
