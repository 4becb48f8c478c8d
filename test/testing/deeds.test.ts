/** Words of a tale about steps that write nothing to the lead. */
import { customEffects } from '../../events/custom-effects';
import { journey, TaleError } from '../../workflows/testing';
import { missed } from './small-sequences';

const begin = () => journey(missed, { reps: ['rosa', 'sam'], leadId: 'ld_ada' });
const said = (tell: () => unknown): string => {
  try {
    tell();
  } catch (error) {
    if (error instanceof TaleError) return error.message.split('\n', 1)[0] ?? '';
    throw error;
  }
  throw new Error('the expectation held');
};

test('an effect of the own returns its example, or what the tale says, and conditions read it', () => {
  begin().lead().runs('gift', customEffects.coupon.example).after('3 days').received([]);
  begin()
    .returns('coupon', { code: 'SPRING-7' })
    .lead()
    .runs('gift', { code: 'SPRING-7' })
    .after('2 days')
    .takesArm('spring', 'yes')
    .receives('spring-offer');
});

test('an effect may find the other side away, and is done later', () => {
  begin().person().mailEnds('gift', { as: 'unavailable', because: 'effect-failed' }).enters().waitsFor('gift').after('1 hour').runs('gift');
});

test('a rep is asked, the one in turn, once; and not where the plan says otherwise', () => {
  begin().lead().after('1 day').isGivenTask('ring', { to: 'rosa' }).isNotHandedOff();
  begin().lead().does('demo.booked', {}).after('1 day').isNotSent('ring', 'condition').hasNoFact('TaskGiven');
  begin().repsAreAway('30 hours').lead().after('1 day').hasNoFact('TaskGiven').after('1 day').isGivenTask('ring');
});

test('others hear of it, with the fields the plan names', () => {
  begin().lead().after('2 days').tells('thank', { referred: 'ld_ada' });
});

test.each([
  [() => begin().lead().isGivenTask('ring'), 'A rep was to be asked to do "ring", but it was never due.'],
  [() => begin().lead().after('1 day').isGivenTask('ring', { to: 'sam' }), '"ring" was to be given to sam, but was given to rosa.'],
  [
    () => begin().lead().after('1 day').after('1 hour').isGivenTask('ring'),
    'A rep was to be asked to do "ring", but that was on Tue 6 Jan 2026 10:00, before time was last moved.',
  ],
  [
    () => begin().lead().does('demo.booked', {}).after('1 day').isGivenTask('ring'),
    'A rep was to be asked to do "ring", but it was due on Tue 6 Jan 2026 10:00 and not sent: its condition in the sequence said no.',
  ],
  [
    () => begin().returns('coupon', { code: 'A-1' }).lead().runs('gift', { code: 'B-2' }),
    '"gift" was to return {"code":"B-2"}, but it was {"code":"A-1"}.',
  ],
  [() => begin().lead().runs('thank'), '"thank" was to be done, but it was never due.'],
  [
    () => begin().lead().after('2 days').tells('thank', { referred: 'ld_bob' }),
    '"thank" was to tell of {"referred":"ld_bob"}, but it was {"referred":"ld_ada"}.',
  ],
  [() => begin().lead().tells('thank'), '"thank" was to tell others, but it was never due.'],
])('an expectation that does not hold says so %#', (tell, says) => {
  expect(said(tell)).toBe(says);
});
