/** Whoever left, by the words of whatever program kept the list, gets no mail. */
import { readRow, type RowPerson } from '../../../events/list/row';

const person = (fields: Readonly<Record<string, string>>): RowPerson => {
  const read = readRow(fields);
  if (read.as === 'fault') throw new Error(read.fault.says);
  return read.person;
};

test.each([
  ['Email Opt Out', '1'],
  ['Has Opted Out of Email', 'true'],
  ['Opted out', 'opted out'],
  ['Email status', 'Unsubscribed'],
  ['Email Marketing Status', 'Never subscribed'],
  ['Unsubscribed at', '2025-03-01 10:11:12'],
  ['UNSUB_TIME', '3/1/25 10:11'],
  ['Email status', 'Hard bounced'],
  ['Abgemeldet', 'ja'],
  ['Email Marketing Consent', 'NEVER_SUBSCRIBED'],
  ['Marketing contact status', 'Non-marketing contact'],
  ['Subscription status', 'no longer subscribed'],
])('%s: %s is an opt-out', (header, cell) => expect(person({ Email: 'a@b.example', [header]: cell }).refusesMail).toBe(true));

test.each([
  ['Email Opt Out', '0'],
  ['Opted out', 'not opted out'],
  ['Email status', 'Subscribed'],
  ['Email status', 'valid'],
  ['Unsubscribed at', ''],
  ['Unsubscribed at', 'n/a'],
  ['Unsubscribe', 'https://x.example/unsubscribe?u=2025-01-01'],
  ['Do not email', 'Active'],
  ['Email Marketing Consent', 'SUBSCRIBED'],
  ['Marketing contact status', 'Marketing contact'],
  ['Subscription status', 'Not unsubscribed'],
])('%s: %s is none', (header, cell) => expect(person({ Email: 'a@b.example', [header]: cell }).refusesMail).toBe(false));

test.each([
  ['yes', true],
  ['Opted in', true],
  ['Unsubscribed', false],
  ['opted out in spring', false],
  ['NEVER_SUBSCRIBED', false],
  ['2025-03-01', undefined],
  ['maybe', undefined],
])('"%s" in a column of those who agreed is %s', (cell, as) => expect(person({ Email: 'a@b.example', 'Opt-in': cell }).consent).toBe(as));

test('one opt-out among several columns is enough', () => {
  for (const [one, other] of [
    ['No', 'Yes'],
    ['Yes', 'No'],
  ] as const)
    // prettier-ignore
    expect(person({ Email: 'a@b.example', 'Do Not Email': one, Unsubscribed: other }).refusesMail).toBe(true);
});

test('"do not email" is an opt-out', () => {
  expect(person({ Email: 'a@b.example', 'Do Not Email': 'Yes' }).refusesMail).toBe(true);
  expect(person({ Email: 'a@b.example', 'Do Not Email': 'No' }).refusesMail).toBe(false);
});
