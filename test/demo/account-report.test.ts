/** The demo's account says what the log says, and calls a fault a fault. */
import { accountOf } from '../../events/projections/account';
import type { Fact } from '../../workflows/core';
import { accountText, closingLine, faultsOf, type DemoResult } from '../../worker/demo/account-report';

type WithoutStamp<F> = F extends unknown ? Omit<F, 'v' | 'occurredAt' | 'recordedAt'> : never;
const facts: readonly WithoutStamp<Fact>[] = [
  { type: 'StageChanged', from: undefined, to: 'awareness', because: 'phase' },
  { type: 'TouchSent', effect: 'e1.learn.welcome.1', enrolment: 'e1', touch: 'welcome', content: 'welcome@1#00', purpose: 'marketing' },
  { type: 'TouchWithheld', enrolment: 'e1', touch: 'ebook', content: 'ebook', because: 'condition' },
  { type: 'HandOffRequested', handOff: 1, rule: 'hand-raiser', enrolment: 'e1', why: 'asked', contactBy: 9 },
  { type: 'HandOffOffered', handOff: 1, rep: 'r1' },
  { type: 'HandOffAccepted', handOff: 1, rep: 'r1' },
];
const result = (over: Partial<DemoResult> = {}): DemoResult => ({
  rows: 5,
  outcomes: [
    { row: 1, as: 'created', leadId: 'ada' },
    { row: 2, as: 'duplicate', of: 'ada', says: 'same address' },
    { row: 3, as: 'rejected', code: 'bad-address', says: 'no @' },
    { row: 4, as: 'customer', says: 'buys already' },
    { row: 5, as: 'updated', leadId: 'ada' },
  ],
  account: accountOf([
    {
      v: 1,
      lead: 'ada',
      n: 1,
      prev: '',
      run: 'r',
      at: 1,
      consumed: [],
      facts: facts.map((fact) => ({ v: 1, occurredAt: 1, recordedAt: 1, ...fact }) as Fact),
    },
  ]),
  comparison: { received: 1, duplicates: 0, toReps: 1, differences: [] },
  breached: { accept: 2, contact: 1 },
  faults: [],
  repNames: new Map([['r1', 'Ana Castellanos']]),
  deeds: new Map([['email.clicked', 3]]),
  mailFolder: 'mails/here',
  uiUrl: 'http://127.0.0.1:8233',
  seconds: 100,
  ...over,
});

describe('the account of the demo', () => {
  it('closes with one line that machines can read', () => {
    expect(closingLine(result())).toMatchObject({
      ok: true,
      rows: 5,
      leads: { created: 1, rejected: 1, duplicates: 2, customers: 1, byStage: { awareness: 1 } },
      mails: { sent: 1, received: 1, duplicates: 0, toReps: 1 },
      uncertain: 0,
      handOffs: { offered: 1, accepted: 1, breached: { accept: 2, contact: 1 } },
      withheld: 1,
      facts: 6,
      seconds: 100,
    });
  });

  it.each([
    'Leads by stage',
    'awareness',
    'welcome',
    'Ana Castellanos',
    '1 offered, 1 accepted',
    'to accept 2, to contact 1',
    'condition',
    'rejected: bad-address',
    'mails/here',
    'http://127.0.0.1:8233',
  ])('says %s', (words) => {
    expect(accountText(result())).toContain(words);
  });

  it('keeps to lines of a hundred columns', () => {
    expect(
      accountText(result())
        .split('\n')
        .filter((line) => line.length > 100),
    ).toEqual([]);
  });

  it('calls every difference, everything unsettled and everything uncertain a fault', () => {
    expect(faultsOf(result())).toEqual([]);
    const { account } = result();
    const wrong = result({
      comparison: { received: 0, duplicates: 0, toReps: 0, differences: ['one is missing'] },
      faults: ['two are open'],
      account: { ...account, uncertain: 3 },
    });
    expect(faultsOf(wrong)).toEqual(['one is missing', '3 sends are uncertain', 'two are open']);
    expect(closingLine(wrong)).toMatchObject({ ok: false, uncertain: 3 });
  });
});
