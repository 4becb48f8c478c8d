import { findOutcome, labelsOf, noLabel } from '../../../workflows/core/predict';
import { deriveColumn } from '../../../workflows/core/predict/table';

const column = (...cells: readonly string[]) => deriveColumn('won?', cells.length, (row) => cells[row] ?? '');

describe('converted or not', () => {
  test.each([
    ['1', '0'],
    ['yes', 'NO'],
    ['TRUE', 'False'],
    ['Won', 'lost'],
    ['ja', 'Nein'],
    ['1.0', '0.0'],
    ['Closed Won', 'closed lost'],
    ['1', '-1'],
    ['Sí', 'no'],
    ['Closed - Won', 'Closed - Lost'],
    ['closed_won', 'CLOSED/LOST'],
    ['Converted', 'Not converted'],
    ['Subscribed', 'non-subscribed'],
    ['gekauft', 'nicht gekauft'],
    ['shows up', 'never shows up'],
    ['accepted', 'declined'],
  ])('is read from %s and %s', (yes, no) => {
    const cells = column(yes, no, '', yes, 'n/a');
    const found = findOutcome(cells);
    expect(found).toMatchObject({ as: 'outcome' });
    expect(found).not.toHaveProperty('says');
    if (found.as === 'outcome') expect([...labelsOf(cells, found.words)]).toEqual([1, 0, noLabel, 1, noLabel]);
  });

  test('follows from one clear word of two, and that is said', () => {
    const found = findOutcome(column('renewed', 'no', 'renewed'));
    expect(found).toMatchObject({
      as: 'outcome',
      words: { yes: ['renewed'], no: ['no'] },
      says: expect.stringContaining('"renewed" was taken as converted'),
    });
  });

  test.each([
    [['A', 'B'], /which of them means converted.*--positive/],
    [['1', '2'], /--positive/],
    [['1', '0', 'abc'], /holds "abc" beside yes and no/],
    [Array.from({ length: 9_000 }, (_, at) => `v${at}`), /9,000 different values/],
  ])('is not guessed from %#', (cells, says) => {
    expect(findOutcome(column(...cells))).toEqual({ as: 'refused', because: 'unclear', says: expect.stringMatching(says) });
  });

  test('is what the user says', () => {
    const cells = column('gold', 'silver', 'Bronze', '');
    const found = findOutcome(cells, 'GOLD');
    expect(found.as === 'outcome' && [...labelsOf(cells, found.words)]).toEqual([1, 0, 0, noLabel]);
    expect(findOutcome(cells, 'iron')).toMatchObject({ as: 'refused', says: expect.stringContaining('no row says "iron"') });
  });

  test('needs both kinds of leads', () => {
    expect(findOutcome(column('1', '1', ''))).toMatchObject({ as: 'refused', because: 'one-class', says: expect.stringContaining('"1"') });
    expect(findOutcome(column('', 'n/a'))).toMatchObject({ as: 'refused', because: 'empty' });
  });

  test('is read in another spelling on a later list', () => {
    const words = { column: 'won?', yes: ['1'], no: ['0'] };
    expect([...labelsOf(column('1', 'No', 'TRUE', '', 'what'), words)]).toEqual([1, 0, 1, noLabel, noLabel]);
  });
});
