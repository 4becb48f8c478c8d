import { noAnswer, wordsOf } from '../../../workflows/core/predict/answers';
import { dayFirstIn, readDate, weekdayOf } from '../../../workflows/core/predict/dates';
import { decimalOf, readNumber } from '../../../workflows/core/predict/numbers';
import { kindOf } from '../../../workflows/core/predict/profile';
import { specialCategory } from '../../../workflows/core/predict';
import { deriveColumn } from '../../../workflows/core/predict/table';
import { diceOf } from './lists';

const columnOf = (name: string, cells: readonly string[]) => deriveColumn(name, cells.length, (row) => cells[row] ?? '');
const kind = (name: string, cells: readonly string[]) => kindOf(columnOf(name, cells));
const many = (count: number, cell: (at: number) => string): readonly string[] => Array.from({ length: count }, (_, at) => cell(at));

describe('a number', () => {
  test.each([
    ['1,234', '.', 1_234],
    ['1.234,5', ',', 1_234.5],
    ['12%', '.', 12],
    ['€ 5', '.', 5],
    ['5,5 EUR', ',', 5.5],
    ["1'000", '.', 1_000],
    ['-3.5', '.', -3.5],
    ['1e3', '.', 1_000],
    ['$12.5k', '.', 12_500],
    ['3 Mio. €', ',', 3_000_000],
    ["CHF 1'250.–", '.', 1_250],
    ['20,- €', ',', 20],
    ['674,0', '.', 674],
    ['3.5', ',', 3.5],
    ['1.234,56 €', ',', 1_234.56],
  ] as const)('%s is read as it is meant', (text, decimal, number) => expect(readNumber(text, decimal)).toBe(number));

  test.each(['abc', '', 'k', '4 kg', '7b', '12 to 20', '5 days', 'Infinity', '1e999', '--', '0x10'])('"%s" is none', (text) =>
    expect(readNumber(text, '.')).toBeUndefined(),
  );

  test('is written as its column writes decimals, and where no cell tells, a comma groups thousands', () => {
    expect(decimalOf(['1.234', '12,5', '3'])).toBe(',');
    expect(decimalOf(['1,234', '12.5'])).toBe('.');
    expect(decimalOf(['1,234', '5,678'])).toBe('.');
    expect(decimalOf(['1.234.567'])).toBe(',');
  });
});

describe('a date', () => {
  test('has its place in days since 1970, in any common writing', () => {
    const day = Date.UTC(2024, 1, 29) / 86_400_000;
    for (const text of [
      '2024-02-29',
      '29.02.2024',
      '29/2/24',
      '29 Feb 2024',
      'February 29, 2024',
      '29 février 2024',
      '29. Februar 2024',
      '2024/02/29',
    ])
      expect([text, readDate(text, true)]).toEqual([text, day]);
    expect(readDate('2024-02-29T18:00:00Z', true)).toBeCloseTo(day + 0.75, 9);
    expect(readDate('02/29/2024 6:00 pm', false)).toBeCloseTo(day + 0.75, 9);
    expect(weekdayOf(day)).toBe('Thursday');
  });

  test('agrees with the calendar of the machine on two thousand days', () => {
    for (let day = -20_000; day < 40_000; day += 29) {
      const date = new Date(day * 86_400_000);
      expect(readDate(date.toISOString(), true)).toBe(day);
      expect(weekdayOf(day)).toBe(date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }));
    }
  });

  test.each(['2023-02-29', '31.04.2024', '13/13/2024', '2024', '12', 'soon', '2024-01-01 25:00'])('"%s" is none', (text) =>
    expect(readDate(text, true)).toBeUndefined(),
  );

  test('has day or month first as the column shows', () => {
    expect(dayFirstIn(['03/04/2024', '25/12/2024'])).toBe(true);
    expect(dayFirstIn(['03/04/2024', '12/25/2024'])).toBe(false);
  });
});

test('what nobody answered is known in the spellings of forms and exports, and answers are left alone', () => {
  for (const text of [
    'Select',
    'NA',
    'n/a',
    'unknown',
    'Please select one',
    'NULL',
    '-',
    '???',
    'Keine Angabe',
    '(blank)',
    'Choose an option',
  ])
    expect([text, noAnswer(text)]).toEqual([text, 'placeholder']);
  expect(noAnswer('  ')).toBe('empty');
  for (const text of ['no', '0', 'Other', 'Selected partner', 'Nancy', 'Not Sure'])
    expect([text, noAnswer(text)]).toEqual([text, undefined]);
});

test('a name falls into its words, whatever joins them', () => {
  expect(wordsOf('leadLost_Reason-2 (été)')).toEqual(['lead', 'lost', 'reason', '2', 'ete']);
});

describe('special categories', () => {
  test.each([
    'Religion',
    'religiöse Zugehörigkeit',
    'Health condition',
    'état de santé',
    'Ethnicity',
    'race',
    'sexual_orientation',
    'politische Einstellung',
    'Political party',
    'trade union member',
    'Gewerkschaft',
    'hasDisability',
    'Gesundheitszustand',
    'afiliación sindical',
    'partito politico',
    'Etnia',
  ])('%s is one', (name) => expect(specialCategory(name)).toEqual(expect.any(String)));

  test.each([
    'Lead Source',
    'Account health',
    'Trace id',
    'Race distance',
    'Credit union branch',
    'X Education Forums',
    'Sextant owner',
    'Politeness',
    'Grace period',
    'health score',
  ])('%s is none', (name) => expect(specialCategory(name)).toBeUndefined());
});

describe('a column', () => {
  const dice = diceOf(5);

  test('that names the rows is left out, in words or in numbers', () => {
    expect(
      kind(
        'anything',
        many(300, (at) => `x${at}`),
      ),
    ).toMatchObject({ as: 'out' });
    expect(
      kind(
        'Lead Number',
        many(300, (at) => String(9_000 + 3 * at)),
      ),
    ).toMatchObject({ as: 'out' });
    expect(
      kind(
        'mail',
        many(300, (at) => `p${at % 200}@x.example`),
      ),
    ).toMatchObject({ as: 'out' });
  });

  test('of amounts is no id though each is another', () => {
    const drawn = (): string => String(20_000 + Math.floor(dice.unit() * 85_000));
    const turnover = many(300, () => String(Math.floor(dice.unit() * 1e8)));
    expect(kind('turnover', turnover)).toMatchObject({ as: 'number' });
    // In so narrow a range two people now and then have the same income; no two leads have the same number.
    expect(kind('income', many(3_000, drawn))).toMatchObject({ as: 'number' });
    const given = new Set<string>();
    while (given.size < 3_000) given.add(drawn());
    expect(kind('anything', [...given])).toMatchObject({ as: 'out' });
    const minutes = many(300, () => (dice.unit() * 100).toFixed(4));
    expect(kind('minutes', minutes)).toMatchObject({ as: 'number' });
  });

  test('of numbers may hold a little text; with much it is one of answers', () => {
    expect(
      kind(
        'n',
        many(300, (at) => (at % 20 === 0 ? 'about five' : String(at % 37))),
      ),
    ).toEqual({ as: 'number', decimal: '.', stray: 15 });
    expect(
      kind(
        'n',
        many(300, (at) => (at % 3 === 0 ? 'about five' : String(at % 37))),
      ),
    ).toEqual({ as: 'answers' });
    expect(
      kind(
        'zip',
        many(300, (at) => `0${1_000 + (at % 37)}`),
      ),
    ).toEqual({ as: 'answers' });
  });

  test('that says the same in nearly every row, nothing at all, or free text is left out with its reason', () => {
    expect(
      kind(
        'c',
        many(300, () => 'No'),
      ),
    ).toEqual({ as: 'out', because: 'says "No" in every row' });
    expect(
      kind(
        'c',
        many(300, (at) => (at < 3 ? 'Yes' : 'No')),
      ),
    ).toEqual({ as: 'out', because: 'says "No" in all but 3 of 300 rows' });
    expect(
      kind(
        'c',
        many(300, (at) => (at < 3 ? '' : 'No')),
      ),
    ).toMatchObject({ as: 'out' });
    expect(
      kind(
        'c',
        many(300, (at) => (at < 4 ? 'Yes' : 'n/a')),
      ),
    ).toEqual({ as: 'out', because: 'is filled in only 4 of 300 rows' });
    expect(
      kind(
        'c',
        many(300, () => ''),
      ),
    ).toEqual({ as: 'out', because: 'is empty in every row' });
    expect(
      kind(
        'c',
        many(300, (at) => `they said ${at % 200} things about the price`),
      ),
    ).toEqual({ as: 'out', because: 'is free text' });
  });

  test('of dates is one in any writing', () => {
    expect(
      kind(
        'when',
        many(300, (at) => `${(at % 28) + 1}.3.2024`),
      ),
    ).toEqual({ as: 'date', dayFirst: true });
    expect(
      kind(
        'when',
        many(300, (at) => `3/${(at % 28) + 1}/2024`),
      ),
    ).toEqual({ as: 'date', dayFirst: false });
  });
});
