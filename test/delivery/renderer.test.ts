import { liquidRenderer } from '../../activities/adapters/liquid-renderer';
import type { Addressee } from '../../activities/ports';
import { RepMailBroken } from '../../activities/ports';
import { readLink } from '../../events/links';
import type { ContentPiece } from '../../events/templates';
import type { NotifyRep, SendTouch } from '../../workflows/core/effects';
import { loadContent } from '../../workflows/content/load';
import { join } from 'node:path';

const secret = 'a secret of tests only';
const nadia: Addressee = {
  leadId: 'lead1',
  email: 'nadia@alderpike.example',
  person: { firstName: 'Nadia', company: 'Alder & Pike "Freight"' },
  unsubscribeToken: 'tok',
};
const send: SendTouch = {
  type: 'SendTouch',
  id: 'e1.learn.welcome.1',
  touchKey: 'e1.learn.welcome',
  enrolment: 'e1',
  sequence: 'buyers-journey@1#0123456789ab',
  phase: 'learn',
  touch: 'welcome',
  channel: 'email',
  content: 'welcome',
  purpose: 'marketing',
  notAfter: 0,
  data: { plan: 'team' },
};
const piece = (over: Partial<ContentPiece>): ContentPiece => ({
  id: 'welcome',
  version: 3,
  kind: 'blog',
  language: 'en',
  subject: 'Hello',
  template: '<p>Hello</p>',
  ...over,
});
const renderer = (found?: ContentPiece) =>
  liquidRenderer({
    pieces: {
      currentPiece: (id) =>
        Promise.resolve(found === undefined || found.id !== id ? undefined : { ref: `${id}@${found.version}#0123456789ab`, piece: found }),
    },
    publicUrl: 'https://go.example',
    postalAddress: 'Ripen Ltd, 1 Orchard Road',
    secret,
  });
const rendered = async (over: Partial<ContentPiece>, what: Partial<SendTouch> = {}) => {
  const result = await renderer(piece(over)).render({ ...send, ...what }, 'lead1', nadia);
  if ('missing' in result) throw new Error(result.what);
  return result;
};

test('who the mail is from may sign it, else the template says who does', async () => {
  const signed = renderer(piece({ template: '<p>{{ sender.name | default: "Ines" }}</p>' }));
  const text = async (sender?: string) => {
    const made = await signed.render(send, 'lead1', nadia, sender);
    return 'missing' in made ? made.what : made.text.split('\n', 1)[0];
  };
  expect([await text('Rosa & Co'), await text()]).toEqual(['Rosa & Co', 'Ines']);
});

test('a person reads their own name, the data of the enrolment and the sequence', async () => {
  const { content, subject, text } = await rendered({
    subject: 'For {{ person.company }}',
    template: '<p>Hi {{ person.firstName }}, plan {{ data.plan }} of {{ sequence }}</p>',
  });
  expect(content).toBe('welcome@3#0123456789ab');
  expect(subject).toBe('For Alder & Pike "Freight"');
  expect(text).toMatch(/^Hi Nadia, plan team of buyers-journey\n/);
});

test('what people wrote into their profile is text in HTML, never markup', async () => {
  const { html } = await rendered({ template: '<p title="{{ person.company }}">{{ person.company }}</p>' });
  expect(html).toContain('<p title="Alder &amp; Pike &#34;Freight&#34;">Alder &amp; Pike &#34;Freight&#34;</p>');
});

test('a line break in a field does not break the subject', async () => {
  const result = await renderer(piece({ subject: 'For {{ person.company }}' })).render(send, 'lead1', {
    ...nadia,
    person: { company: 'Alder\r\nBcc: all@example.org' },
  });
  expect(result).toMatchObject({ subject: 'For Alder Bcc: all@example.org' });
});

test('a field the person does not have withholds the mail, and says which', async () => {
  expect(await renderer(piece({ template: '<p>{{ person.industry }}</p>' })).render(send, 'lead1', nadia)).toEqual({
    missing: 'template-field-missing',
    what: 'person.industry',
  });
  expect(await renderer(piece({ subject: '{{ data.seats }}' })).render(send, 'lead1', nadia)).toEqual({
    missing: 'template-field-missing',
    what: 'data.seats',
  });
});

test('a default or an if makes do without the field', async () => {
  const { text } = await rendered({
    template: '<p>{{ person.industry | default: "your" }}{% if person.phone %} {{ person.phone }}{% endif %}</p>',
  });
  expect(text).toMatch(/^your\n/);
});

test('content that is not published withholds the mail', async () => {
  expect(await renderer().render(send, 'lead1', nadia)).toEqual({ missing: 'content-missing', what: 'welcome' });
});

test('a template that would run away is stopped and withholds the mail', async () => {
  const endless = piece({ template: '{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}' });
  expect(await renderer(endless).render(send, 'lead1', nadia)).toEqual({
    missing: 'content-missing',
    what: expect.stringMatching(/^welcome@3#\w+ cannot be rendered: .*limit/),
  });
});

test('links in the HTML go by our redirect and lead where their author meant; the text keeps them readable', async () => {
  const { html, text } = await rendered({
    template: '<p><a class="x" href="https://trellis.example/a?b=1&amp;c=2">Read</a> <a href="mailto:ada@ripen.example">write</a></p>',
  });
  const token = /href="https:\/\/go\.example\/r\/([^"]+)"/.exec(html)?.[1] ?? '';
  expect(readLink(secret, token)).toEqual({
    leadId: 'lead1',
    effect: 'e1.learn.welcome.1',
    content: 'welcome',
    url: 'https://trellis.example/a?b=1&c=2',
  });
  expect(html).toContain('<a href="mailto:ada@ripen.example">');
  expect(text).toContain('Read [https://trellis.example/a?b=1&c=2]');
});

test('marketing carries the way out and the postal address in both parts', async () => {
  const { html, text } = await rendered({});
  expect(html).toContain('<a href="https://go.example/u/tok"');
  expect(text).toContain('Unsubscribe: https://go.example/u/tok');
  for (const part of [html, text]) expect(part).toContain('Ripen Ltd, 1 Orchard Road');
});

test('a service mail has no unsubscribe link: there is nothing to unsubscribe from', async () => {
  const { html, text } = await rendered({}, { purpose: 'service' });
  expect(`${html}${text}`).not.toMatch(/unsubscribe/i);
});

describe('mails to reps', () => {
  const note: NotifyRep = {
    type: 'NotifyRep',
    id: 'h1.offer.1',
    handOff: 1,
    rep: 'rep1',
    what: 'offer',
    why: 'Asked for a demo; score 74, grade A.',
    acceptBy: Date.parse('2026-11-23T16:00:00Z'),
    contactBy: Date.parse('2026-11-24T12:00:00Z'),
  };
  const rep = { id: 'rep1', name: 'Grace', email: 'grace@ripen.example' };
  const shipped = loadContent(join(__dirname, '../../workflows/content')).map(({ body }) => body as ContentPiece);
  const forRep = (over: Partial<NotifyRep>, person?: Addressee) =>
    renderer(shipped.find(({ id }) => id === `rep-${over.what ?? 'offer'}`)).renderForRep({ ...note, ...over }, 'lead1', rep, person);

  test('an offer says who, why, until when, and what to type', async () => {
    const { subject, text } = await forRep({}, nadia);
    expect(subject).toContain('accept by Mon');
    for (const said of [
      'Hello Grace',
      'Nadia, Alder & Pike "Freight"',
      'nadia@alderpike.example',
      'Asked for a demo; score 74, grade A.',
      'Tue',
      '24 Nov',
      '12:00',
      'ripen handoff accept lead1',
      'ripen handoff reject lead1',
    ])
      expect(text.replace(/\s+/g, ' ')).toContain(said);
  });

  test('reminder and breach name the clock they are about', async () => {
    expect((await forRep({ what: 'reminder', clock: 'accept' }, nadia)).text).toContain('not yet accepted');
    expect((await forRep({ what: 'reminder', clock: 'contact' }, nadia)).text).toContain('nobody has yet spoken');
    expect((await forRep({ what: 'breach', clock: 'contact' }, nadia)).subject).toContain('was not contacted in time');
    expect((await forRep({ what: 'breach', clock: 'accept' }, nadia)).subject).toContain('was not accepted in time');
  });

  test('that an offer is withdrawn, or what was accepted is in doubt, is told with the reason', async () => {
    const because = 'form.submitted was taken back (link-scanner)';
    const withdrawn = await forRep({ what: 'withdrawn', because }, nadia);
    expect(withdrawn.subject).toContain('No longer yours: Nadia');
    expect(withdrawn.text.replace(/\s+/g, ' ')).toContain(`Why it is withdrawn: ${because}`);
    const doubt = await forRep({ what: 'doubt', because }, nadia);
    expect(doubt.subject).toContain('In doubt');
    expect(doubt.text.replace(/\s+/g, ' ')).toContain(`What does not hold: ${because}`);
    expect(doubt.text).toContain('ripen handoff reject lead1');
  });

  test('a person of whom nothing is known still reaches the rep', async () => {
    expect((await forRep({ what: 'offer' })).text).toContain('Mail: not known');
  });

  test('without its template a mail to a rep is an error that says what to do', async () => {
    await expect(renderer().renderForRep(note, 'lead1', rep, nadia)).rejects.toThrow(RepMailBroken);
  });
});
