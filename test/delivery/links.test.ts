import { readLink, signLink, trackedUrl, unsubscribeUrl } from '../../events/links';

const secret = 'a secret of tests only';
const link = { leadId: 'lead1', effect: 'e1.learn.welcome.1', content: 'welcome', url: 'https://trellis.example/blog?a=1&b=ü' };

test('a link tells who followed it, from which mail, and where it leads', () => {
  expect(readLink(secret, signLink(secret, link))).toEqual(link);
});

test('a link that we did not sign leads nowhere', () => {
  const token = signLink(secret, link);
  const forged = `${Buffer.from(JSON.stringify(['lead1', 'e', 'c', 'https://evil.example'])).toString('base64url')}.${token.split('.')[1]}`;
  expect(
    [forged, signLink('another secret of tests', link), `${token}x`, `${token}.x`, 'x', ''].map((one) => readLink(secret, one)),
  ).toEqual(Array(6).fill(undefined));
});

test('addresses stand under the public one, with or without its last slash', () => {
  expect(trackedUrl('https://go.example/', secret, link)).toBe(`https://go.example/r/${signLink(secret, link)}`);
  expect(unsubscribeUrl('https://go.example', 'a/b')).toBe('https://go.example/u/a%2Fb');
});
