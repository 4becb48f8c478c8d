/** What content a person has had and when last, in one string: `;guide=hjrt4;pricing.story=hk01a/e2;`, epoch minutes in base 36 and, of the enrolments with a key, which sent it. Content ids hold no `;` or `=`. */

export const emptyMemory = ';';

/** Epoch minute of the last time; `undefined` = never. */
export function hadMinute(memory: string, content: string): number | undefined {
  const start = memory.indexOf(`;${content}=`);
  if (start < 0) return undefined;
  const from = start + content.length + 2;
  return Number.parseInt(memory.slice(from, memory.indexOf(';', from)), 36);
}

/** `by`: the enrolments with a key that sent it, for content that goes once in each. */
export const remembered = (memory: string, content: string, minute: number, by: readonly string[] = []): string =>
  `${forgotten(memory, content)}${content}=${[minute.toString(36), ...by].join('/')};`;

/** The enrolments with a key that sent it and still ran when it was sent last. */
export function hadBy(memory: string, content: string): readonly string[] {
  const start = memory.indexOf(`;${content}=`);
  return start < 0
    ? []
    : memory
        .slice(start + content.length + 2, memory.indexOf(';', start + 1))
        .split('/')
        .slice(1);
}

export function forgotten(memory: string, content: string): string {
  const start = memory.indexOf(`;${content}=`);
  return start < 0 ? memory : memory.slice(0, start) + memory.slice(memory.indexOf(';', start + 1));
}
