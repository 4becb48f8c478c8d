/** Stories of customers whose contract comes to its end: told in time, by what they use, and let alone once they renew. */
import { renewal } from '../../workflows/sequences/renewal/plan';
import { journey } from '../../workflows/testing';

const customer = (fields: { readonly endsAt?: string; readonly seatsUsed?: number } = {}, at = '2026-01-12T10:00') =>
  journey(renewal, { at, zone: 'Europe/London' })
    .person({ zone: 'Europe/London', customer: true })
    .does('contract.set', { contract: 'k-7', endsAt: '2026-09-30', ...fields });

test('a customer hears what it brought, how to use it, and that it ends: ninety, forty-five and fourteen days before', () => {
  customer({ seatsUsed: 40 })
    .at('2026-07-02T07:59')
    .receivesNothing()
    .at('2026-07-02T08:00')
    .receives('renewal-what-it-brought')
    .at('2026-08-18T10:00')
    .takesArm('room-left', 'otherwise')
    .receives('renewal-tips')
    .at('2026-09-16T00:00')
    .receives('renewal-soon')
    .at('2026-10-03T00:00')
    .isIn('lapsed')
    .receives('renewal-lapsed');
});

test('who has hardly a seat left hears what more would cost', () => {
  customer({ seatsUsed: 96 })
    .at('2026-08-18T10:00')
    .takesArm('room-left', 'full')
    .receives('renewal-more-seats')
    .neverReceives('renewal-tips')
    .after('60 days');
});

test('a contract that is set late still brings the report, and leaves out nothing that is ahead', () => {
  customer({ endsAt: '2026-02-20' }).receives('renewal-what-it-brought').at('2026-02-06T00:00').receives('renewal-soon');
});

test('whoever renews hears no more of this contract, and begins anew with the next', () => {
  customer()
    .at('2026-07-10T10:00')
    .does('contract.renewed', { contract: 'k-7' })
    .hasLeft('renewal', 'goal: contract.renewed')
    .does('contract.set', { contract: 'k-7', endsAt: '2027-09-30' })
    .at('2026-12-01T10:00')
    .receivesNothing()
    .at('2027-07-02T08:00')
    .receives('renewal-what-it-brought');
});

test('a date that moves takes everything with it that is still ahead', () => {
  customer()
    .at('2026-06-01T10:00')
    .does('contract.set', { contract: 'k-7', endsAt: '2026-12-31' })
    .at('2026-09-30T10:00')
    .receivesNothing()
    .at('2026-10-02T08:00')
    .receives('renewal-what-it-brought');
});

test('the first contract makes the person a customer, so they are on it', () => {
  journey(renewal, { at: '2026-01-12T10:00' })
    .person()
    .does('contract.set', { contract: 'k-8', endsAt: '2026-12-31' })
    .isOn('renewal')
    .isQualifiedAs('customer');
});

test('who asks about the renewal gets a call within a day, and the notices go on', () => {
  customer({ endsAt: '2026-03-31' })
    .at('2026-03-10T10:00')
    .does('form.submitted', { form: 'renewal' })
    .isHandedOff({ by: 'asks', contactWithin: '24 hours' })
    .at('2026-03-17T00:00')
    .receives('renewal-soon');
});
