/** Stories of the trial: invited, started, used, ended. */
import { sequences } from '../../workflows/sequences';
import { beginTale, shippedRules, type TaleOptions } from '../support/tale';

const begin = (options: Partial<TaleOptions> = {}) => beginTale({ plans: sequences, ...shippedRules(), ...options });
const director = { industry: 'software', seniority: 'director', size: '201-1000', zone: 'Etc/UTC' };

describe('the trial offer', () => {
  it('invites Radia, offers to show it instead when she does not start, and leaves it at that', () => {
    const radia = begin();
    radia.enrols('trial-offer');
    expect(radia.mails()).toEqual(['trial-invite']);
    radia.later('20 days');
    expect(radia.mails()).toEqual(['trial-invite', 'demo-invite']);
    expect(radia.on()).toEqual([]);
  });

  it('begins by itself when Lynn starts a trial on the website, without inviting her to what she has', () => {
    const lynn = begin();
    lynn.does('trial.started', { plan: 'team' });
    expect(lynn.on()).toEqual(['trial-offer']);
    expect(lynn.phase()).toBe('trial');
    expect(lynn.mails()).toEqual(['first-login']);
  });

  it('confirms the login whatever the hour, because Lynn asked for it', () => {
    const lynn = begin();
    lynn.later('13 hours');
    lynn.does('trial.started', { plan: 'team' });
    expect(lynn.mails()).toEqual(['first-login']);
  });

  it('leaves out what Lynn has already done', () => {
    const lynn = begin();
    lynn.does('trial.started', { plan: 'team' });
    lynn.later('3 hours');
    lynn.does('project.created', {});
    lynn.later('1 day');
    lynn.does('teammate.invited', {});
    lynn.does('teammate.invited', {});
    lynn.later('12 days');
    expect(lynn.mails()).toEqual(['first-login', 'halfway-check', 'ends-soon']);
    expect(lynn.facts('TouchWithheld').map(({ touch, because }) => `${touch}: ${because}`)).toEqual([
      'make-a-project: condition',
      'invite-team: condition',
    ]);
  });

  it('asks Barbara for her team two days after her first project', () => {
    const barbara = begin();
    barbara.does('trial.started', { plan: 'team' });
    barbara.later('2 days');
    expect(barbara.mails()).toEqual(['first-login', 'make-a-project']);
    barbara.does('project.created', {});
    barbara.later('1 day');
    expect(barbara.mails()).toHaveLength(2);
    barbara.later('25 hours');
    expect(barbara.mails().at(-1)).toBe('invite-team');
  });

  it('tells Evelyn that her trial ends although she never made a project', () => {
    const evelyn = begin();
    evelyn.does('trial.started', { plan: 'team' });
    evelyn.later('12 days');
    expect(evelyn.mails()).toEqual(['first-login', 'make-a-project', 'halfway-check', 'ends-soon']);
    evelyn.later('10 days');
    expect(evelyn.mails().at(-1)).toBe('special-offer');
    expect(evelyn.on()).toEqual([]);
  });

  it('goes on writing to Karen while a rep has her, up to the payment', () => {
    const karen = begin({ traits: director });
    karen.does('trial.started', { plan: 'team' });
    karen.does('form.submitted', { form: 'demo' });
    expect(karen.facts('HandOffOffered')).toHaveLength(1);
    karen.rep('accept');
    karen.rep('contacted');
    karen.later('2 days');
    expect(karen.mails()).toEqual(['first-login', 'make-a-project']);

    karen.does('subscription.started', { plan: 'team' });
    karen.later('20 days');
    expect(karen.mails()).toHaveLength(2);
    expect(karen.qualification()).toBe('customer');
  });

  it('hands over whom the score and the fit recommend, with a day to make contact', () => {
    const karen = begin({ traits: director });
    karen.enrols('trial-offer');
    karen.does('form.submitted', { form: 'newsletter' });
    karen.clicks('trial-invite');
    karen.does('content.downloaded', { content: 'capacity-first' });
    karen.does('trial.started', { plan: 'team' });
    karen.later('1 day');
    const [offered] = karen.facts('HandOffRequested');
    expect(offered?.rule).toBe('trial-offer.scored');
    expect((offered?.contactBy ?? 0) - (offered?.occurredAt ?? 0)).toBe(24 * 3_600_000);
  });
});
