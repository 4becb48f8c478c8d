/** Everybody in the people store as rows of a list, page by page. Knows no command. */
import type { Reply } from '../events/requests';
import type { Context } from './ports';

export type StoredPerson = Reply<'peoplePage'>['people'][number];

/** In the order of their ids, each once. Progress is shown on a terminal. */
export async function everybody(context: Context, title: string): Promise<readonly StoredPerson[]> {
  const people: StoredPerson[] = [];
  const progress = context.progress(title);
  for (let after: string | undefined, more = true; more;) {
    const page = await context.people('peoplePage', after === undefined ? {} : { after });
    people.push(...page.people);
    progress.at(people.length);
    after = page.next;
    more = page.next !== undefined;
  }
  progress.end();
  return people;
}
