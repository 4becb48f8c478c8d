/** Nobody but us makes an unsubscribe link, and each names one lead and channel. */
import { unsubscribeToken, verifyUnsubscribe } from '../../activities/people/tokens';
import { secret } from './secret';

const token = unsubscribeToken(secret, 'ld_ada');

test('a token says whose it is and survives a URL', () => {
  expect(verifyUnsubscribe(secret, token)).toEqual({ leadId: 'ld_ada', channel: 'email' });
  expect(encodeURIComponent(token)).toBe(token);
});

test.each([
  ['another lead', token.replace('ld_ada', 'ld_bob')],
  ['another channel', token.replace('.email.', '.post.')],
  ['a changed signature', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
  ['something appended', `${token}.x`],
  ['a longer signature', `${token}A`],
  ['no signature', 'ld_ada.email.'],
  ['nothing', ''],
])('%s is no token of ours', (_, changed) => expect(verifyUnsubscribe(secret, changed)).toBeUndefined());

test('another secret recognises none of our tokens', () => expect(verifyUnsubscribe('another-secret-another', token)).toBeUndefined());
