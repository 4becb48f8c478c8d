import { classifyActor } from '../../events/actor';
import { identityHash } from '../../events/hashes';
import { messageId } from '../../events/publish-event';
import { secret } from './fakes';

describe('who caused it', () => {
  const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
  const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
  test.each([
    ['a click from a browser is a person', 'email.clicked', safari, 'human'],
    ['a click from a script is a machine', 'email.clicked', 'python-requests/2.31', 'machine'],
    ['a click from a gateway is a machine', 'email.clicked', 'BarracudaSentinel (EE)', 'machine'],
    ['a click without a browser name is unknown', 'email.clicked', undefined, 'unknown'],
    ['an open from a browser proves nothing', 'email.opened', safari, 'unknown'],
    ['an open through Gmail proves nothing, and is no machine', 'email.opened', gmail, 'unknown'],
    ["an open by Apple's privacy proxy is a machine", 'email.opened', 'Mozilla/5.0', 'machine'],
    ['a delivery is a report', 'email.delivered', undefined, 'machine'],
    ['a reply is a person', 'email.replied', undefined, 'human'],
    ['a form is a person', 'form.submitted', undefined, 'human'],
    ['a crawler on a page is a machine', 'page.viewed', 'Googlebot/2.1', 'machine'],
  ])('%s', (_, type, userAgent, actor) => {
    expect(classifyActor({ type, ...(userAgent === undefined ? {} : { userAgent }) }).actor).toBe(actor);
  });

  test('what the publisher knows wins', () => {
    expect(classifyActor({ type: 'email.opened', given: 'human' })).toMatchObject({ actor: 'human', because: 'publisher' });
  });
});

describe('names on the wire', () => {
  test('one person is one identity whatever the case of the address', () => {
    expect(identityHash(secret, { kind: 'email', value: ' Ada@Example.COM' })).toBe(
      identityHash(secret, { kind: 'email', value: 'ada@example.com' }),
    );
    expect(identityHash(secret, { kind: 'email', value: 'ada@example.com' })).not.toBe(
      identityHash('another-secret-16', { kind: 'email', value: 'ada@example.com' }),
    );
    expect(identityHash(secret, undefined)).toBe('-');
  });

  test('a message id is source and id, and safe in a header whatever they hold', () => {
    expect(messageId('/forms', '42')).toBe('/forms 42');
    expect(messageId('/forms\r\nEvil: 1', 'ü')).toMatch(/^[0-9a-f]{64}$/);
    expect(messageId('/a b', 'c')).not.toBe(messageId('/a', 'b c'));
  });
});
