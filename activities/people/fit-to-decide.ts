/** Whether a predictive model may decide: one that was learnt from too little, or tells nothing, stands beside and decides for no workspace and no sequence. */
import type { Artefact } from '../../events/requests';
import { trainedModel } from '../../workflows/core/predict/adopt';
import type { Client } from './database';

type Predictive = { readonly kind?: string; readonly artefact?: { readonly mayDecide?: boolean } };
type Decided = { readonly model?: string };

const unfit = (body: unknown): boolean => {
  const { kind, artefact } = (body ?? {}) as Predictive;
  return kind === 'predictive' && artefact?.mayDecide !== true;
};
const says = (model: string): string =>
  `the model "${model}" was learnt from too little to decide: it may stand beside (settings: \`beside: [${model}]\`); a model of points decides`;

/** Why it may not be published; `undefined`: it may. */
export async function unfitToDecide(client: Client, { kind, id, body }: Artefact): Promise<string | undefined> {
  if (kind === 'model') return unfit(body) && (await decidesNow(client, id)) ? says(id) : undefined;
  const { model } = (body ?? {}) as Decided;
  if ((kind !== 'settings' && kind !== 'plan') || typeof model !== 'string') return undefined;
  const { rows } = await client.query<{ body: unknown }>(
    `select body from published where kind = 'model' and id = $1 order by version desc limit 1`,
    [model],
  );
  if (rows.length === 0 && model === trainedModel)
    return `there is no trained model yet: \`ripen score train --from-log\`, then \`ripen score adopt\``;
  return unfit(rows[0]?.body) ? says(model) : undefined;
}

/** For the workspace or a sequence, by the newest version of each. */
async function decidesNow(client: Client, id: string): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from (select distinct on (kind, id) kind, body from published where kind in ('settings', 'plan') order by kind, id, version desc) newest
      where body->>'model' = $1 limit 1`,
    [id],
  );
  return rows.length > 0;
}
