/** The few pages recipients see: plain, readable without style or script, in every mail client's browser. Knows no lead. */

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem;color:#1a1a1a;background:#fff}button{font:inherit;padding:.6rem 1.2rem;border:2px solid #1a1a1a;border-radius:.4rem;background:#1a1a1a;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid #4c8bf5;outline-offset:3px}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;

/** Shown on GET: scanners fetch every link, so only the button unsubscribes. */
export const unsubscribePage = (): string =>
  page(
    'Stop these mails?',
    '<p>Press the button and we will not send you marketing mail any more.</p>\n<form method="post"><button type="submit">Unsubscribe</button></form>',
  );

export const unsubscribedPage = (): string =>
  page('You are unsubscribed', '<p>You will get no more marketing mail from us. You need not do anything else.</p>');

export const unknownLinkPage = (): string =>
  page(
    'This link does not work',
    '<p>It may be incomplete: some mail programs cut long links. Try to open it from the mail again, or reply to the mail and we will help.</p>',
  );

export const tryAgainPage = (): string =>
  page('Please try again', '<p>We could not do this just now. Please reload this page in a minute, or reply to the mail.</p>');
