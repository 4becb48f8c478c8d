/** Stories of the buyer's journey: what happens to people on it, told in the order it happens. */
import { sequences } from '../../workflows/sequences';
import { beginTale, shippedRules, type TaleOptions } from '../support/tale';

const begin = (options: Partial<TaleOptions> = {}) => beginTale({ plans: sequences, ...shippedRules(), ...options });
/** A director in a software company of some size: a good fit. */
const director = { industry: 'software', seniority: 'director', size: '201-1000', zone: 'Etc/UTC' };

describe("the buyer's journey", () => {
  it('teaches Ada at intervals, who reads nothing, asks once whether to go on, and ends by itself', () => {
    const ada = begin();
    ada.enrols('buyers-journey');
    expect(ada.mails()).toEqual(['welcome']);
    expect(ada.stage()).toBe('awareness');

    ada.later('16 days');
    expect(ada.mails()).toEqual(['welcome', 'how-to-guide', 'industry-infographic', 'ebook']);
    expect([ada.dayOf('how-to-guide'), ada.dayOf('industry-infographic'), ada.dayOf('ebook')]).toEqual([3, 7, 11]);

    ada.later('8 days');
    expect(ada.mails().at(-1)).toBe('still-useful');

    ada.later('10 days');
    expect(ada.on()).toEqual([]);
    expect(ada.mails()).toHaveLength(5);
  });

  it('moves Grace on to consideration as soon as she clicks in the guide, and skips what she has outgrown', () => {
    const grace = begin();
    grace.enrols('buyers-journey');
    grace.later('4 days');
    grace.clicks('how-to-guide');
    expect(grace.stage()).toBe('consideration');

    grace.later('3 days');
    expect(grace.mails()).toEqual(['welcome', 'how-to-guide', 'customer-story']);
  });

  it('takes Grace, who wakes up when asked, back to where she can go on, and never sends her the same piece twice', () => {
    const grace = begin();
    grace.enrols('buyers-journey');
    grace.later('25 days');
    grace.clicks('still-useful');
    expect(grace.phase()).toBe('weigh');

    grace.later('40 days');
    expect(new Set(grace.mails()).size).toBe(grace.mails().length);
    expect(grace.mails()).toContain('white-paper');
  });

  it('starts the trial for Margaret once her score says she is ready, and ends here', () => {
    const margaret = begin();
    margaret.enrols('buyers-journey');
    margaret.later('3 hours');
    margaret.clicks('welcome');
    margaret.does('content.downloaded', { content: 'where-are-we' });
    margaret.does('form.submitted', { form: 'newsletter' });
    margaret.later('1 day');
    expect(margaret.on()).toEqual(['trial-offer']);
    expect(margaret.mails()).toEqual(['welcome', 'trial-invite']);
    expect(margaret.stage()).toBe('decision');
  });

  it('hands Katherine to a rep at once when she asks for a demo, and sends her nothing more meanwhile', () => {
    const katherine = begin();
    katherine.enrols('buyers-journey');
    katherine.later('1 hour');
    katherine.does('form.submitted', { form: 'demo' });
    expect(katherine.facts('HandOffRequested').map(({ rule }) => rule)).toEqual(['buyers-journey.hand-raiser']);
    expect(katherine.facts('RepNotified').map(({ what }) => what)).toEqual(['offer']);
    expect(katherine.qualification()).toBe('sql');

    katherine.rep('accept');
    katherine.rep('contacted');
    katherine.later('10 days');
    expect(katherine.mails()).toEqual(['welcome']);
  });

  it('reminds the rep who lets Katherine wait, and says so when the time to contact her is over', () => {
    const katherine = begin({ traits: director });
    katherine.enrols('buyers-journey');
    katherine.does('form.submitted', { form: 'demo' });
    katherine.later('5 hours');
    expect(katherine.facts('HandOffBreached').map(({ clock }) => clock)).toContain('contact');
  });

  it('goes on with Katherine after the rep gives her back, and raises no hand for her without new engagement', () => {
    const katherine = begin();
    katherine.enrols('buyers-journey');
    katherine.does('form.submitted', { form: 'demo' });
    katherine.rep('accept');
    katherine.rep('reject');
    expect(katherine.qualification()).toBe('recycled');

    katherine.later('8 days');
    expect(katherine.mails().length).toBeGreaterThan(1);
    expect(katherine.facts('HandOffRequested')).toHaveLength(1);
  });

  it.each(['email.complained', 'email.unsubscribed'] as const)('stops for good when Hedy says %s', (how) => {
    const hedy = begin();
    hedy.enrols('buyers-journey');
    hedy.later('1 day');
    hedy.does(how, {});
    hedy.later('40 days');
    expect(hedy.on()).toEqual([]);
    expect(hedy.mails()).toEqual(['welcome']);
  });

  it('stops when Dorothy subscribes, which is what it was for', () => {
    const dorothy = begin();
    dorothy.enrols('buyers-journey');
    dorothy.does('subscription.started', { plan: 'team' });
    dorothy.later('40 days');
    expect(dorothy.on()).toEqual([]);
    expect(dorothy.qualification()).toBe('customer');
    expect(dorothy.mails()).toEqual(['welcome']);
  });

  it('writes to Mary no more once her mailbox is gone', () => {
    const mary = begin({ sending: () => ({ as: 'refused', because: '550 5.1.1', permanent: true }) });
    mary.enrols('buyers-journey');
    mary.later('40 days');
    expect(mary.mails()).toEqual([]);
    expect(mary.facts('TouchRefused')).toHaveLength(1);
  });
});
