/** Who a command is about: from a lead id, an address or a phone number to the lead, and what to call them. Knows no command. */
import { leadIdSchema } from '../events/engagement';
import type { PersonCard } from '../events/requests';
import { awayCode } from './away';
import type { Context } from './ports';
import { noSuchThing, Refusal, wrongUsage } from './refusal';

export type Found = { readonly leadId: string; readonly person?: PersonCard };

/** Throws `Refusal` 3 where nobody is known by it. A lead id still works while the people store is away. */
export async function findLead(context: Context, who: string | undefined): Promise<Found> {
  const name = (who ?? '').trim();
  if (name === '') throw wrongUsage('Name somebody: a lead id, an e-mail address or a phone number.');
  const isId = leadIdSchema.safeParse(name).success;
  try {
    const { person } = await context.people('find', { who: name });
    if (person !== undefined) return { leadId: person.leadId, person };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== awayCode || !isId) throw error;
    context.warn(`${error.message} Going on with the lead id alone.`);
    return { leadId: name };
  }
  throw noSuchThing(`There is no lead "${name}". Give a lead id, an e-mail address or a phone number of somebody who was imported.`);
}

/** Of somebody erased or merged only the lead id is known, and a command may have broken off after that. */
export async function findLeadOrId(context: Context, who: string | undefined): Promise<Found> {
  try {
    return await findLead(context, who);
  } catch (error) {
    const leadId = (who ?? '').trim();
    if (error instanceof Refusal && error.exit === 3 && leadIdSchema.safeParse(leadId).success) return { leadId };
    throw error;
  }
}

/** `Asha Rao <asha@example.com>`, or what there is of it. */
export function nameOfPerson({ leadId, person }: Found): string {
  const address = person?.email ?? person?.phone;
  if (person?.name === undefined) return address ?? leadId;
  return address === undefined ? person.name : `${person.name} <${address}>`;
}

/** Names of many leads; the ids themselves where the people store is away. At most 200 are asked for at once. */
export async function namesOf(context: Context, leadIds: readonly string[]): Promise<(leadId: string) => string> {
  const names = new Map<string, string>();
  const wanted = [...new Set(leadIds)];
  try {
    for (let from = 0; from < wanted.length; from += 200) {
      const { people } = await context.people('cards', { leadIds: wanted.slice(from, from + 200) });
      for (const person of people) names.set(person.leadId, person.name ?? person.email ?? person.leadId);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Names are missing: ${error.message}`);
  }
  return (leadId) => names.get(leadId) ?? '';
}

/** Names of reps by id, and sentences with ids in them read with names. */
export type RepNames = { readonly of: (id: string) => string; readonly in: (says: string) => string };

/** The ids themselves, with a warning, where the people store is away. */
export async function repNames(context: Context): Promise<RepNames> {
  try {
    const { reps } = await context.people('reps', {});
    const names = new Map(reps.map(({ id, name }) => [id, name]));
    return { of: (id) => names.get(id) ?? id, in: (says) => reps.reduce((text, { id, name }) => text.replaceAll(id, name), says) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Names of sales reps are missing: ${error.message}`);
    return { of: (id) => id, in: (says) => says };
  }
}
