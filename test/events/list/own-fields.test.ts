/** What a list says in its own columns and words is read by rules that are data. */
import { entryStage, usualEntry } from '../../../events/list/entry';
import { withOwnFields, type OwnType } from '../../../events/list/own-fields';
import { rowReader, type RowPerson } from '../../../events/list/row';

const person = (fields: Readonly<Record<string, string>>): RowPerson => {
  const read = rowReader(Object.keys(fields))(Object.values(fields));
  if (read.as === 'fault') throw new Error(read.fault.says);
  return read.person;
};

describe('a field of the own', () => {
  const read = (type: OwnType, text: string): string | undefined => {
    const made = withOwnFields({ Field: type }, person({ Email: 'a@b.example', Field: text }));
    return 'fault' in made ? undefined : made.person.profile.extra?.['Field'];
  };

  test.each([
    ['1200', '1200'],
    ['1,200', '1200'],
    ['1.234,50 €', '1234.5'],
    ['$1,234.50', '1234.5'],
    ["1'200.5", '1200.5'],
    ['12,5', '12.5'],
    ['1.234.567', '1234567'],
    ['-3', '-3'],
    ['a lot', undefined],
    ['12-15', undefined],
  ])('that is a number reads %j as %j', (text, value) => expect(read('number', text)).toBe(value));

  test.each([
    ['2026-11-02', '2026-11-02'],
    ['2.11.2026', '2026-11-02'],
    ['25/11/2026', '2026-11-25'],
    ['11/25/2026', '2026-11-25'],
    ['03/04/2026', undefined],
    ['2026-02-30', undefined],
    ['soon', undefined],
  ])('that is a date reads %j as %j', (text, value) => expect(read('date', text)).toBe(value));

  test('that is a yes or no takes every usual word, and the row says what it does not take', () => {
    expect([read('yes-no', 'Ja'), read('yes-no', '0'), read('yes-no', 'perhaps')]).toEqual(['yes', 'no', undefined]);
    expect(withOwnFields({ Budget: 'number' }, person({ Email: 'a@b.example', Budget: 'much' }))).toEqual({
      fault: { code: 'field-invalid', field: 'Budget', says: '"Budget" is no number.' },
    });
  });
});

test.each([
  [{ Source: 'Free Trial' }, 'decision'],
  [{ 'Lifecycle stage': 'SQL' }, 'decision'],
  [{ Source: 'Webinar May' }, 'consideration'],
  [{ Interest: 'white paper on planning' }, 'consideration'],
  [{ Source: 'Newsletter' }, undefined],
  [{ Source: 'Industrial fair' }, undefined],
  [{ Company: 'Trial and Error Ltd' }, undefined],
])('%j enters in %s', (fields, stage) => {
  expect(entryStage(usualEntry, person({ Email: 'a@b.example', ...fields } as Record<string, string>))).toBe(stage);
});
