/** In whose name a mail goes, and what goes along with it. */
import { aTouch } from './sends';
import type { Renderer } from '../../activities/ports';
import { grace, renderer, settings, world } from './send-world';

const startsAt = Date.UTC(2026, 2, 29, 15);
const referrer = { leadId: 'lead2', name: 'Fay "Mills" <x@y.example>' };

test('a mail of the owner bears the name of the rep, who gets the answer; the address stays ours', async () => {
  const { send, mailer } = world({ owner: grace });
  await send(aTouch({ from: 'owner' }));
  expect(mailer.mails[0]).toMatchObject({ from: '"Grace" <ada@ripen.example>', replyTo: 'grace@ripen.example' });
});

test('a mail of whoever referred the person bears their name and keeps their address', async () => {
  const { send, mailer } = world({ referrer });
  await send(aTouch({ from: 'referrer' }));
  expect(mailer.mails[0]?.from).toBe('"Fay Mills x@y.example via Ada at Ripen" <ada@ripen.example>');
  expect(mailer.mails[0]).not.toHaveProperty('replyTo');
});

test('the text may be signed by whoever it is from, and by nobody where it is the brand', async () => {
  const signers: (string | undefined)[] = [];
  const signed: Renderer = { ...renderer, render: (sent, lead, to, sender) => (signers.push(sender), renderer.render(sent, lead, to)) };
  const { send } = world({ owner: grace, referrer, renderer: signed });
  await send(aTouch({ id: 'e1.learn.welcome.1', from: 'owner' }));
  await send(aTouch({ id: 'e1.learn.story.1', from: 'referrer' }));
  await send(aTouch({ id: 'e1.learn.guide.1' }));
  expect(signers).toEqual(['Grace', 'Fay "Mills" <x@y.example>', undefined]);
});

test.each(['owner', 'referrer'] as const)("without %s it goes as the brand's own", async (from) => {
  const { send, mailer } = world();
  await send(aTouch({ from }));
  expect(mailer.mails[0]?.from).toBe(settings.mailFrom);
  expect(mailer.mails[0]).not.toHaveProperty('replyTo');
});

test('a calendar entry is named after the subject, and every attempt at the touch bears one id', async () => {
  const { send, mailer } = world();
  await send(aTouch({ invite: { startsAt, endsAt: startsAt + 3_600_000 } }));
  const { calendar = '', messageId = '' } = mailer.mails[0] ?? {};
  for (const line of [`UID:${messageId.slice(1, -1)}`, 'DTSTART:20260329T150000Z', 'DTEND:20260329T160000Z', 'SUMMARY:Hello'])
    expect(calendar.split('\r\n')).toContain(line);
});

test('a mail without one brings none', async () => {
  const { send, mailer } = world();
  await send();
  expect(mailer.mails[0]).not.toHaveProperty('calendar');
});
