/** The plan a person names: of this installation, of its published versions, or of those the people role knows. Knows no command. */
import { parseRef } from '../events/digest';
import type { Plan } from '../workflows/core';
import type { Context } from './ports';
import { catalogue } from './publishing';
import { failed, noSuchThing, Refusal } from './refusal';

/** `name`: `trial-offer` (the newest of this installation) or `trial-offer@2`. Throws a refusal where there is none. */
export async function planAtHand(context: Context, name: string): Promise<Plan> {
  const [id = '', wanted] = name.split('@', 2);
  const local = plansHere(context).filter((plan) => plan.id === id);
  const newest = local.toSorted((a, b) => b.version - a.version)[0];
  const found = wanted === undefined ? newest : local.find(({ version }) => String(version) === wanted);
  return found ?? (await publishedPlan(context, id, wanted)) ?? unknown(context, name);
}

const plansHere = (context: Context): readonly Plan[] => {
  const { artefacts, faults } = catalogue(context);
  if (artefacts.length === 0 && faults.length > 0) throw failed(`The sequences cannot be read:\n  ${faults.join('\n  ')}`);
  return artefacts.filter(({ kind }) => kind === 'plan').map(({ body }) => body as Plan);
};

/** `undefined` too where nothing runs: what is in the repository is enough for a look. */
async function publishedPlan(context: Context, id: string, version: string | undefined): Promise<Plan | undefined> {
  try {
    const { artefacts } = await context.people('published', { kind: 'plan' });
    const mine = artefacts.filter(({ ref, current }) => {
      const parsed = parseRef(ref);
      return parsed?.id === id && (version === undefined ? current : String(parsed.version) === version);
    });
    return mine[0]?.body as Plan | undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

function unknown(context: Context, name: string): never {
  const known = [...new Set(plansHere(context).map(({ id, version }) => `${id}@${version}`))].join(', ');
  throw noSuchThing(`There is no sequence "${name}". This installation has: ${known}.`);
}
