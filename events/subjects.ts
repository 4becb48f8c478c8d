/** Subject names of the streams, built and parsed in one place; each parser is the inverse of its builder. Knows no client library. */

export const streamNames = { engagement: 'ENGAGEMENT', facts: 'FACTS', rejected: 'REJECTED' } as const;

/** `engagement.<type>.<keyed hash>`; the type's dots stay, so `engagement.email.>` is every mail event. */
export const engagementSubject = (type: string, identityHash: string): string => `engagement.${type}.${identityHash}`;

export const leadSubject = (leadId: string): string => `facts.lead.${leadId}`;
export const publishedSubject = (digest: string): string => `facts.published.${digest}`;
/** `rejected.<code>.<keyed hash or ->`. */
export const rejectedSubject = (code: string, identityHash = '-'): string => `rejected.${code}.${identityHash}`;

/** Lead id of `facts.lead.<leadId>`, else `undefined`. */
export function leadOfSubject(subject: string): string | undefined {
  return subject.startsWith('facts.lead.') ? subject.slice('facts.lead.'.length) : undefined;
}

/** Type of `engagement.<type>.<hash>`, else `undefined`. */
export function typeOfSubject(subject: string): string | undefined {
  const tokens = subject.split('.');
  return tokens[0] === 'engagement' && tokens.length > 2 ? tokens.slice(1, -1).join('.') : undefined;
}

/** Requests the people role answers: `ripen.people.<verb>`. */
export const peopleSubject = (verb: string): string => `ripen.people.${verb}`;
