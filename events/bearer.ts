/** Who may publish over HTTP: named sources, each with a token of its own. Knows no server. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Name of the source -> its token. */
export type SourceTokens = Readonly<Record<string, string>>;
/** The source that sends with this `Authorization` header; `undefined` for nobody we know. */
export type SourceOf = (authorization: string | undefined) => string | undefined;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Every token is compared, each in constant time, so that the time of an answer tells nothing about any. */
export function sourceOf(tokens: SourceTokens): SourceOf {
  const known = Object.entries(tokens).map(([name, token]) => ({ name, digest: digest(token) }));
  return (authorization) => {
    const given = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
    const asked = digest(given ?? '');
    let found: string | undefined;
    for (const source of known) if (timingSafeEqual(source.digest, asked)) found = source.name;
    return given === undefined ? undefined : found;
  };
}
