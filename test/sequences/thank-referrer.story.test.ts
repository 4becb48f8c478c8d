/** Stories of people who brought a customer: thanked for each, by day, whatever becomes of the code. */
import { thankReferrer } from '../../workflows/sequences/thank-referrer/plan';
import { journey } from '../../workflows/testing';

/** A Monday evening in Rome. */
const begin = () => journey(thankReferrer, { at: '2026-03-02T22:30', zone: 'Europe/Rome', reps: ['rosa'] });
/** As the sequence of whom they referred tells it. */
const told = { by: 'engine' } as const;
const rome = { zone: 'Europe/Rome', customer: true };
const thanked = () => begin().person(rome).does('referral.won', { referred: 'ld_bob' }, told);

test('who brought a customer is thanked with a code the next morning at ten, not in the night', () => {
  const tale = thanked().runs('thank-you-code').takesArm('reward', 'made').at('2026-03-03T09:59').receivesNothing();
  tale.at('2026-03-03T10:00').receives('referral-thanks');
});

test('opted out or not, because it was promised; the question for another name is marketing', () => {
  begin()
    .person(rome, 'withdrawn')
    .does('referral.won', { referred: 'ld_bob' }, told)
    .after('1 day')
    .receives('referral-thanks')
    .after('40 days')
    .isNotSent('referral-another', 'consent');
});

test('each customer is thanked for once, and the question for another name comes once in 180 days', () => {
  thanked()
    .after('5 days')
    .does('referral.won', { referred: 'ld_eve' }, told)
    .does('referral.won', { referred: 'ld_bob' }, told)
    .after('50 days')
    .received(['referral-thanks', 'referral-thanks', 'referral-another'])
    .isNotSent('referral-another', 'repeated');
});

test('where no code can be made a rep sends one by hand, and no mail promises one', () => {
  const away = { as: 'unavailable', because: 'effect-failed' } as const;
  begin()
    .person(rome)
    .mailEnds('thank-you-code', ...Array.from({ length: 20 }, () => away))
    .does('referral.won', { referred: 'ld_bob' }, told)
    .after('2 days')
    .takesArm('reward', 'otherwise')
    .isGivenTask('thank-by-hand', { to: 'rosa' })
    .after('60 days')
    .received([]);
});

test('nobody to thank must not be written to: whoever may never be contacted is not', () => {
  begin()
    .person(rome)
    .operator('suppresses', { channel: 'all' })
    .does('referral.won', { referred: 'ld_bob' }, told)
    .after('2 days')
    .received([]);
});
