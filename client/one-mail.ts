/** A sequence of one message, for a campaign that sends one piece of content. Knows no command. */
import { artefactOf, parseRef } from '../events/digest';
import type { Artefact, Reply } from '../events/requests';
import { defineSequence, email } from '../workflows/core/words';
import type { Plan } from '../workflows/core';
import { noSuchThing } from './refusal';

type Listed = Reply<'published'>['artefacts'];

/** The version that is published already where it is the same, else the next one. Throws a refusal where there is no such content. */
export function oneMail(listed: Listed, content: string): Artefact {
  const contents = listed.flatMap(({ kind, ref }) => (kind === 'content' ? [parseRef(ref)?.id ?? ''] : []));
  if (!contents.includes(content))
    throw noSuchThing(`There is no content "${content}"; \`ripen audience fields\` lists what is published.`);
  const settings = listed.find(({ kind, current }) => kind === 'settings' && current)?.body as { readonly model: string } | undefined;
  const id = `mail-${content}`;
  const versions = listed.flatMap(({ kind, ref }) => {
    const parsed = parseRef(ref);
    return kind === 'plan' && parsed?.id === id ? [parsed] : [];
  });
  const made = (version: number): Artefact =>
    artefactOf(
      'plan',
      defineSequence({
        id,
        version,
        for: 'both',
        reenter: 'always',
        model: settings?.model ?? 'b2b-points',
        phases: { send: { touches: [email(content, { after: '0 minutes' })], exhaustedAfter: '1 day' } },
      }),
    );
  const same = versions.find(({ version, digest }) => made(version).digest === digest);
  return made(same?.version ?? Math.max(0, ...versions.map(({ version }) => version)) + 1);
}

export const planIn = ({ body }: Artefact): Plan => body as Plan;
