/** Values as TypeScript source, in the form the project's formatter gives them. Knows no tale. */

const width = 140;
const plainName = /^[A-Za-z_$][\w$]*$/;

/** On one line. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${nameOf(name)}: ${literal(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const nameOf = (name: string): string => (plainName.test(name) ? name : quoted(name));
const quoted = (text: string): string => {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return inner.includes("'") && !inner.includes('"') ? `"${inner}"` : `'${inner.replaceAll("'", "\\'")}'`;
};

/** `.word(a, b)` at that indent; too long for a line, its last value is opened, else each value stands on a line. */
export function callLine(word: string, says: readonly unknown[], indent: string): string {
  const line = `${indent}.${word}(${says.map(literal).join(', ')})`;
  if (line.length <= width) return line;
  const last = says.at(-1);
  const opens = typeof last === 'object' && last !== null && says.slice(0, -1).every((value) => typeof value !== 'object');
  if (!opens) return [`${indent}.${word}(`, ...says.map((value) => `${indent}  ${literal(value)},`), `${indent})`].join('\n');
  const before = says.slice(0, -1).map((value) => `${literal(value)}, `);
  const [open, close] = Array.isArray(last) ? ['[', ']'] : ['{', '}'];
  const members = Array.isArray(last)
    ? last.map(literal)
    : Object.entries(last).map(([name, member]) => `${nameOf(name)}: ${literal(member)}`);
  return [`${indent}.${word}(${before.join('')}${open}`, ...members.map((member) => `${indent}  ${member},`), `${indent}${close})`].join(
    '\n',
  );
}
