/** The search attributes an operator filters by in Temporal, and their registration on a server that is not the dev stack's. Holds no values. */
import type { Connection } from '@temporalio/client';

/** Within the limits of SQL visibility: ten Keyword, three each of Int, Datetime and KeywordList a namespace. */
export const searchAttributes = {
  LeadStage: 'Keyword',
  LeadPhase: 'Keyword',
  LeadWaitingFor: 'Keyword',
  LeadTemperature: 'Keyword',
  LeadQualification: 'Keyword',
  LeadRep: 'Keyword',
  LeadProblem: 'Keyword',
  LeadSequence: 'KeywordList',
  LeadCampaign: 'KeywordList',
  LeadScore: 'Int',
  LeadDueAt: 'Datetime',
  LeadLastEngagedAt: 'Datetime',
  LeadSlaDueAt: 'Datetime',
} as const satisfies Record<string, keyof typeof indexedValueType>;

/** temporal.api.enums.v1.IndexedValueType */
const indexedValueType = { Text: 1, Keyword: 2, Int: 3, Double: 4, Bool: 5, Datetime: 6, KeywordList: 7 } as const;

/** Registers what is missing and returns its names; throws when a name is taken by another type. */
export async function ensureSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<readonly string[]> {
  const known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
  const wanted = Object.entries(searchAttributes);
  const clashing = wanted.filter(([name, type]) => known[name] != null && known[name] !== indexedValueType[type]);
  if (clashing.length > 0) {
    const list = clashing.map(([name, type]) => `${name} (should be ${type})`).join(', ');
    throw new Error(
      `Namespace ${namespace} already has search attributes of other types: ${list}. Remove them with \`temporal operator search-attribute remove\` or use another namespace.`,
    );
  }
  const missing = wanted.filter(([name]) => known[name] == null);
  if (missing.length > 0) {
    const added = Object.fromEntries(missing.map(([name, type]) => [name, indexedValueType[type]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: added });
  }
  return missing.map(([name]) => name);
}
