/** What warm leads do in the benchmark, in the shares of a nurturing programme's traffic; the same order every run. Knows no engine. */

export type Deed = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

/** Of a hundred events. An eighth of them moves the score; with it, every tenth point, the band that lists are filtered by, twice a lead the stage. */
const shares: readonly (readonly [share: number, deed: Deed])[] = [
  [45, { type: 'page.viewed', data: { path: '/blog' } }],
  [15, { type: 'page.viewed', data: { path: '/pricing' } }],
  [12, { type: 'email.opened', data: { actor: 'machine' } }],
  [12, { type: 'email.opened', data: { actor: 'human' } }],
  [10, { type: 'email.clicked', data: { actor: 'human' } }],
  [3, { type: 'content.downloaded', data: { content: 'ebook' } }],
  [3, { type: 'form.submitted', data: { form: 'newsletter' } }],
];

/** Multiplicative congruential generator (Park and Miller's modulus, 48271). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export function deeds(seed: number): () => Deed {
  const next = chance(seed);
  const total = shares.reduce((sum, [share]) => sum + share, 0);
  return () => {
    let left = next() * total;
    for (const [share, deed] of shares) if ((left -= share) < 0) return deed;
    return { type: 'page.viewed', data: { path: '/blog' } };
  };
}
