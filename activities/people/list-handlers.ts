/** Answers requests about lists: imports, vendors, mappings. Knows no transport. */
import type { ListVerbs } from '../../events/list-requests';
import type { Database } from './database';
import { listImports } from './import-list';
import { endUndo, importLeads, takeBack } from './import-undo';
import { lostPeople } from './lost';
import { mappingOf } from './mappings';
import { mergeLeads } from './merge';
import { notDuplicates } from './not-duplicates';
import { peoplePage } from './people-pages';
import { traitCounts } from './trait-counts';
import { addVendor, listVendors, vendorId } from './vendors';

type Unknown = { readonly problem: { readonly code: 'import-unknown' | 'merge-refused'; readonly says: string } };
type Handlers = { readonly [V in keyof ListVerbs]: (ask: ListVerbs[V]['ask']) => Promise<ListVerbs[V]['reply'] | Unknown> };

export function listHandlers(db: Database, secret: string, now: () => number): Handlers {
  return {
    imports: (ask) => listImports(db, ask.vendor === undefined ? ask : { ...ask, vendor: vendorId(ask.vendor) }),
    importLeads: async (ask) =>
      (await importLeads(db, secret, ask)) ?? { problem: { code: 'import-unknown', says: `There is no import "${ask.id}".` } },
    takeBack: (ask) => takeBack(db, secret, ask),
    endUndo: (ask) => endUndo(db, ask),
    peoplePage: (ask) => peoplePage(db, ask),
    merge: async (ask) => {
      const made = await mergeLeads(db, secret, ask, now());
      return 'refused' in made ? { problem: { code: 'merge-refused', says: made.refused } } : made;
    },
    traitCounts: (ask) => traitCounts(db, ask),
    lost: () => lostPeople(db, now()),
    notDuplicates: (ask) => notDuplicates(db, ask),
    addVendor: (ask) => addVendor(db, ask),
    vendors: () => listVendors(db),
    mapping: (ask) => mappingOf(db, ask),
  };
}
