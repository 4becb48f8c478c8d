/** Stories of the trial: invited, started, used, ended. */
import { trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';

const begin = () => journey(trialOffer);
const director = { industry: 'software', seniority: 'director', size: '201-1000', zone: 'Etc/UTC' };

describe('the trial offer', () => {
  it('invites Radia, offers to show it instead when she does not start, and leaves it at that', () => {
    begin().lead().receives('trial-invite').after('20 days').received(['trial-invite', 'demo-invite']).isOnNothing();
  });

  it('begins by itself when Lynn starts a trial on the website, without inviting her to what she has', () => {
    begin().person().does('trial.started', { plan: 'team' }).isIn('trial').received(['first-login']).neverReceives('trial-invite');
  });

  it('confirms the login whatever the hour, because Lynn asked for it', () => {
    begin().at('2026-01-05T23:00').person().does('trial.started').receives('first-login');
  });

  it('leaves out what Lynn has already done', () => {
    begin()
      .person()
      .does('trial.started', { plan: 'team' })
      .after('3 hours')
      .does('project.created')
      .after('1 day')
      .isNotSent('make-a-project', 'condition')
      .does('teammate.invited')
      .does('teammate.invited')
      .after('12 days')
      .isNotSent('invite-team', 'condition')
      .received(['first-login', 'halfway-check', 'ends-soon']);
  });

  it('asks Barbara for her team two days after her first project', () => {
    begin()
      .person()
      .does('trial.started', { plan: 'team' })
      .after('2 days')
      .received(['first-login', 'make-a-project'])
      .waitsFor('invite-team')
      .does('project.created')
      .after('1 day')
      .receivesNothing()
      .after('25 hours')
      .receives('invite-team');
  });

  it('tells Evelyn that her trial ends although she never made a project', () => {
    begin()
      .person()
      .does('trial.started')
      .after('12 days')
      .received(['first-login', 'make-a-project', 'halfway-check', 'ends-soon'])
      .after('10 days')
      .receives('special-offer')
      .isOnNothing();
  });

  it('goes on writing to Karen while a rep has her, up to the payment', () => {
    begin()
      .person(director)
      .does('trial.started')
      .does('form.submitted', { form: 'demo' })
      .isHandedOff({ by: 'hand-raiser', accepted: false })
      .rep('accepts')
      .rep('contacts')
      .waitsFor('make-a-project')
      .after('2 days')
      .received(['first-login', 'make-a-project'])
      .does('subscription.started', { plan: 'team' })
      .isQualifiedAs('customer')
      .after('20 days')
      .receivesNothing();
  });

  it('hands over whom the score and the fit recommend, with a day to make contact', () => {
    begin()
      .lead(director)
      .does('form.submitted', { form: 'newsletter' })
      .clicks('trial-invite')
      .isNotHandedOff()
      .does('content.downloaded', { content: 'capacity-first' })
      .does('trial.started')
      .hasGrade('A')
      .isHandedOff({ by: 'scored', contactWithin: '24 hours' });
  });
});
