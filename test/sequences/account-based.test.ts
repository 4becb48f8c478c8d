/** Stories of several people of one company: each is told what fits, they are counted, one rep steps in. */
import { accountBased } from '../../workflows/sequences/account-based/plan';
import { journey } from '../../workflows/testing';

const begin = (traits: Readonly<Record<string, string>> = {}) =>
  journey(accountBased).lead({ zone: 'Etc/UTC', industry: 'software', account: 'orchard', ...traits });

describe('several people of one company', () => {
  it('tells Dora, who decides, what waiting costs, and Paul, who plans, how to plan', () => {
    begin({ seniority: 'director' }).after('2 days').takesArm('part-in-the-decision', 'decides').received(['cost-of-waiting']);
    begin({ seniority: 'specialist' }).after('2 days').takesArm('part-in-the-decision', 'otherwise').received(['planning-by-hand']);
  });

  it('speaks to Paul as one of a team when a colleague is active, too', () => {
    begin()
      .after('3 days')
      .does('account.engaged', { people: 2 })
      .isIn('together')
      .isAtStage('consideration')
      .after('8 days')
      .received(['planning-by-hand', 'team-trial', 'questions-it-will-ask']);
  });

  it('gives the company to a rep when three are active, and goes on with what they came for', () => {
    begin()
      .after('2 days')
      .does('account.engaged', { people: 3 })
      .isHandedOff({ by: 'account-is-warm' })
      .after('3 days')
      .hasReceived('team-trial');
  });

  it('is over for everybody when one of them has a deal', () => {
    begin()
      .after('2 days')
      .does('account.noticed', { event: 'deal.opened' })
      .hasLeft('account-based', 'exit: account.noticed')
      .after('30 days')
      .received(['planning-by-hand']);
  });

  it('runs out by itself where nobody in the company stirs', () => {
    begin().after('40 days').received(['planning-by-hand', 'how-others-decided']).hasLeft('account-based', 'ran out');
  });
});
