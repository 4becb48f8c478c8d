/** Tells apart, by gRPC code, a lead that refuses a batch from a Temporal that is away. Knows neither client nor workflow. */
import type { Input } from '../workflows/core/inputs';
import type { Delivered, LeadDoor } from './ports';

/** CANCELLED, DEADLINE_EXCEEDED, NOT_FOUND (namespace), PERMISSION_DENIED, RESOURCE_EXHAUSTED, UNAVAILABLE, UNAUTHENTICATED: nobody gets through. */
const awayCodes: ReadonlySet<number> = new Set([1, 4, 5, 7, 8, 14, 16]);

/** gRPC code of an error or of what caused it. */
function grpcCode(error: unknown): number | undefined {
  for (let link: unknown = error, depth = 0; typeof link === 'object' && link !== null && depth < 5; depth++) {
    const { code, cause } = link as { readonly code?: unknown; readonly cause?: unknown };
    if (typeof code === 'number') return code;
    link = cause;
  }
  return undefined;
}

/** `signal`: one signalWithStart. Other errors are thrown on, to be tried again. */
export function leadDoor(signal: (leadId: string, inputs: readonly Input[]) => Promise<void>): LeadDoor {
  return {
    async deliver(leadId, inputs): Promise<Delivered> {
      try {
        await signal(leadId, inputs);
        return { as: 'delivered' };
      } catch (error) {
        const code = grpcCode(error);
        if (code !== undefined && awayCodes.has(code)) return { as: 'away', says: error instanceof Error ? error.message : String(error) };
        throw error;
      }
    },
  };
}
