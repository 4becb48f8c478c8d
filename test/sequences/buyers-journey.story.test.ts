/** Stories of the buyer's journey: what happens to people on it, told in the order it happens. */
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';

const begin = () => journey(buyersJourney, { with: [trialOffer] });
/** A director in a software company of some size: a good fit. */
const director = { industry: 'software', seniority: 'director', size: '201-1000', zone: 'Etc/UTC' };

describe("the buyer's journey", () => {
  it('teaches Ada at intervals, who reads nothing, asks once whether to go on, and ends by itself', () => {
    begin()
      .lead()
      .receives('welcome')
      .isAtStage('awareness')
      .waitsFor('how-to-guide')
      .after('16 days')
      .received(['welcome', 'how-to-guide', 'industry-infographic', 'ebook'])
      .hasReceived('how-to-guide', { onDay: 3 })
      .hasReceived('industry-infographic', { onDay: 7 })
      .hasReceived('ebook', { onDay: 11 })
      .after('8 days')
      .isIn('wake')
      .receives('still-useful')
      .after('10 days')
      .receivesNothing()
      .hasLeft('buyers-journey', 'ran out')
      .isOnNothing();
  });

  it('moves Grace on to consideration as soon as she clicks in the guide, and skips what she has outgrown', () => {
    begin()
      .lead()
      .after('4 days')
      .clicks('how-to-guide')
      .isIn('weigh')
      .isAtStage('consideration')
      .after('3 days')
      .received(['welcome', 'how-to-guide', 'customer-story'])
      .neverReceives('industry-infographic');
  });

  it('takes Grace, who wakes up when asked, back to where she can go on, and never sends her the same piece twice', () => {
    const grace = begin().lead().after('25 days').clicks('still-useful').isIn('weigh').after('40 days').hasReceived('white-paper');
    const mails = grace.facts().flatMap((fact) => (fact.type === 'TouchSent' ? [fact.content] : []));
    expect(new Set(mails).size).toBe(mails.length);
  });

  it('starts the trial for Margaret once her score says she is ready, and ends here', () => {
    begin()
      .lead()
      .after('3 hours')
      .clicks('welcome')
      .does('content.downloaded', { content: 'where-are-we' })
      .does('form.submitted', { form: 'newsletter' })
      .hasScore({ atLeast: 35 })
      .hasLeft('buyers-journey', 'started trial-offer')
      .after('1 day')
      .isOn('trial-offer')
      .received(['welcome', 'trial-invite'])
      .isAtStage('decision');
  });

  it('hands Katherine to a rep at once when she asks for a demo, and sends her nothing more meanwhile', () => {
    begin()
      .lead()
      .after('1 hour')
      .does('form.submitted', { form: 'demo' })
      .isHandedOff({ by: 'hand-raiser', to: 'rep-1', contactWithin: '4 hours' })
      .isQualifiedAs('sql')
      .hasFact('RepNotified', { what: 'offer' })
      .rep('accepts')
      .rep('contacts')
      .after('10 days')
      .waitsFor('customer-story', 'hand-off')
      .received(['welcome']);
  });

  it('reminds the rep who lets Katherine wait, and says so when the time to contact her is over', () => {
    begin()
      .lead(director)
      .does('form.submitted', { form: 'demo' })
      .after('5 hours')
      .hasFact('HandOffReminded', { clock: 'contact' })
      .hasFact('HandOffBreached', { clock: 'contact' });
  });

  it('goes on with Katherine after the rep gives her back, and raises no hand for her without new engagement', () => {
    begin()
      .lead()
      .does('form.submitted', { form: 'demo' })
      .rep('accepts')
      .rep('rejects')
      .isQualifiedAs('recycled')
      .after('8 days')
      .receives('white-paper')
      .isNotHandedOff();
  });

  it('offers Katherine to the next rep when the first is away, and asks again until one is there', () => {
    begin()
      .lead()
      .repsAreAway('3 hours')
      .does('form.submitted', { form: 'demo' })
      .waitsFor('a rep')
      .after('3 hours')
      .isHandedOff({ to: 'rep-1', contactWithin: '4 hours' });
  });

  it.each(['complains', 'unsubscribes'] as const)('stops for good when Hedy %s', (refuses) => {
    begin().lead().after('1 day')[refuses]('welcome').hasLeft('buyers-journey').after('40 days').isOnNothing().received(['welcome']);
  });

  it('stops when Dorothy subscribes, which is what it was for', () => {
    begin()
      .lead()
      .does('subscription.started', { plan: 'team' })
      .hasLeft('buyers-journey', 'goal')
      .isQualifiedAs('customer')
      .after('40 days')
      .received(['welcome']);
  });

  it('writes to Mary no more once her mailbox is gone', () => {
    begin().person().mailEnds('welcome', 'bounces').enters().hasFact('TouchRefused', { touch: 'welcome' }).after('40 days').received([]);
  });

  it('sends Joan what was due as soon as the mail server is back', () => {
    begin()
      .person()
      .mailIsAway('2 hours')
      .enters()
      .receivesNothing()
      .waitsFor('welcome')
      .after('1 hour')
      .receivesNothing()
      .after('90 minutes')
      .receives('welcome');
  });

  it('asks nothing of Ida by night: she reads in Sydney, and a mail due in her night waits for her morning', () => {
    begin()
      .at('2026-03-02T22:00', 'Australia/Sydney')
      .lead({ zone: 'Australia/Sydney' })
      .waitsFor('welcome', 'quiet-hours')
      .at('2026-03-03T07:59')
      .receivesNothing()
      .at('2026-03-03T08:00')
      .receives('welcome');
  });
});

it('gives Hedy to a rep who asks for a demo, though the same click makes her ready for the trial', () => {
  begin()
    .lead()
    .after('3 days')
    .clicks('how-to-guide')
    .does('page.viewed', { path: '/x' })
    .does('form.submitted', { form: 'demo' })
    .isHandedOff({ by: 'hand-raiser' });
});
