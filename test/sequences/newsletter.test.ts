/** Stories of newsletter readers: their own pace, never a piece twice, and on to proof when they turn to comparing. */
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { newsletter } from '../../workflows/sequences/newsletter/plan';
import { journey } from '../../workflows/testing';

const begin = (traits: Readonly<Record<string, string>> = {}) =>
  journey(newsletter, { with: [buyersJourney, trialOffer] }).lead({ zone: 'Europe/Berlin', ...traits });
const sentBy = (tale: ReturnType<typeof begin>) => tale.facts().flatMap((fact) => (fact.type === 'TouchSent' ? [fact] : []));
const contents = (tale: ReturnType<typeof begin>) => sentBy(tale).map(({ content }) => content.split('@')[0] ?? '');

describe('the newsletter', () => {
  it('brings Ada one piece a week, on Tuesday at ten by her clock, and none twice', () => {
    const tale = begin().after('29 days');
    const sent = sentBy(tale);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(new Set(contents(tale)).size).toBe(sent.length);
    for (const { recordedAt } of sent) {
      const berlin = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', weekday: 'long', hour: 'numeric', hour12: false }).format(
        recordedAt,
      );
      expect(berlin).toMatch(/^Tuesday,? (at )?10/);
    }
  });

  it('comes to Ben as often as he likes: once a month', () => {
    expect(sentBy(begin({ frequency: 'monthly' }).after('57 days'))).toHaveLength(2);
  });

  it('sends nothing for those who compare to those who learn', () => {
    const tale = begin({ frequency: 'daily' }).after('120 days');
    expect(contents(tale)).not.toEqual(expect.arrayContaining(['white-paper']));
    expect(tale.facts().some(({ type }) => type === 'PoolRanDry')).toBe(true);
  });

  it('moves Cleo on to proof when she looks at the comparison twice, and to the journey when she clicks there', () => {
    begin()
      .after('8 days')
      .does('page.viewed', { path: '/compare/boards' })
      .after('1 day')
      .does('page.viewed', { path: '/compare/sheets' })
      .isIn('compare')
      .isAtStage('consideration')
      .after('8 days')
      .clicks('proof')
      .hasLeft('newsletter', 'started buyers-journey: a click in "proof"');
  });
});
