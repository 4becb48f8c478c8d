/** Engagement events as people type them: the type, its fields as text, and what is wrong with them in a sentence. Knows no command. */
import { dataSchemas, engagementTypes, isEngagementType } from '../events/engagement';
import type { EngagementType } from '../events/engagement';
import { Refusal, wrongUsage } from './refusal';

export function eventType(type: string): EngagementType {
  if (isEngagementType(type)) return type;
  throw new Refusal(`There is no event "${type}". The events are: ${Object.keys(engagementTypes).join(', ')}.`, 2, 'event-unknown-type');
}

/** Numbers become numbers; a field the type does not carry is refused. */
export function fieldsOf(type: EngagementType, data: Readonly<Record<string, string>>): Readonly<Record<string, string | number>> {
  const kinds: Readonly<Record<string, string>> = engagementTypes[type];
  const unknown = Object.keys(data).filter(
    (name) => kinds[name] === undefined && !['effect', 'content', 'actor', 'userAgent'].includes(name),
  );
  if (unknown.length > 0)
    throw wrongUsage(`${type} carries no ${unknown.join(', ')}; it carries ${Object.keys(kinds).join(', ') || 'nothing'}.`);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, kinds[name]?.startsWith('number') === true ? Number(value) : value]),
  );
}

/** `data`: the fields and who it is about. */
export function checkEvent(type: EngagementType, data: unknown): void {
  const parsed = dataSchemas[type].safeParse(data);
  const issue = parsed.error?.issues[0];
  if (issue === undefined) return;
  const field = issue.path.map(String).join('.');
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  throw wrongUsage(missing ? `${type} needs ${field}: give ${field}=...` : `${field === '' ? 'The event' : field} ${issue.message}.`);
}
