/** The frame around every mail: a responsive table, tracked links, a footer with the way out, and the text part. Knows no template language. */
import { convert } from 'html-to-text';
import { trackedUrl, type TrackedLink } from '../../events/links';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

export type Footer = {
  /** A real postal address: the law asks for it in marketing mails (CAN-SPAM, CASL). */
  readonly postalAddress: string;
  /** Page where the person may unsubscribe; absent in mails that are no marketing. */
  readonly unsubscribe?: string;
};

export type Framed = { readonly html: string; readonly text: string };

/** `body`: the rendered piece. The text part keeps the links as their author wrote them: long signed addresses are unreadable there. */
export function frame(
  body: string,
  options: { readonly language: string; readonly preheader?: string; readonly footer: Footer; readonly html?: string },
): Framed {
  const { language, preheader, footer } = options;
  const hidden =
    preheader === undefined || preheader === ''
      ? ''
      : `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>\n`;
  const html = `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>@media (max-width:640px){.card{width:100%!important;padding:20px!important}}</style>
</head>
<body style="margin:0;padding:0;background:#f4f4f2">
${hidden}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f2"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:100%;background:#ffffff;color:#222222;padding:32px;font:16px/1.5 Georgia,serif"><tr><td>
${options.html ?? body}
</td></tr></table>
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:100%;color:#666666;padding:16px 32px;font:13px/1.5 Arial,sans-serif"><tr><td>
${footerHtml(footer)}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return { html, text: `${textOf(body)}\n\n-- \n${footerText(footer)}\n` };
}

const footerHtml = ({ postalAddress, unsubscribe }: Footer): string =>
  `<p>${unsubscribe === undefined ? '' : `<a href="${escapeHtml(unsubscribe)}" style="color:#666666">Unsubscribe</a><br>\n`}${escapeHtml(postalAddress)}</p>`;

const footerText = ({ postalAddress, unsubscribe }: Footer): string =>
  `${unsubscribe === undefined ? '' : `Unsubscribe: ${unsubscribe}\n`}${postalAddress}`;

const textOf = (html: string): string =>
  convert(html, {
    wordwrap: 78,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
    ],
  }).trim();

/** Sends every http and https link of the piece over our redirect, which tells us who followed it; mail and telephone links stay. */
export function trackLinks(html: string, publicUrl: string, secret: string, mail: Omit<TrackedLink, 'url'>): string {
  return html.replace(/(<a\s[^>]*?href=)(["'])(https?:\/\/[^"']+)\2/gi, (_, before: string, quote: string, url: string) => {
    const tracked = trackedUrl(publicUrl, secret, { ...mail, url: unescapeHtml(url) });
    return `${before}${quote}${tracked}${quote}`;
  });
}
