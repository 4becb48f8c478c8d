/** The schema's migrations in the order in which they run. A migration that was released is never changed. */
import { people } from './001-people';
import { delivery } from './002-delivery';
import { projection } from './003-projection';
import { accounts } from './004-accounts';
import { effectResults } from './005-effect-results';
import { imports } from './006-imports';
import { engaged } from './007-engaged';
import { handOffBrake } from './008-hand-off-brake';
import { merges } from './009-merge';
import { audiences } from './010-audiences';
import { sendingHolds } from './011-sending-holds';
import { campaigns } from './015-campaigns';
import { access } from './016-access';
import { audienceGains } from './017-audience-gains';

export type Migration = { /** Number and words. */ readonly name: string; readonly sql: string };

export const migrations: readonly Migration[] = [
  people,
  delivery,
  projection,
  accounts,
  effectResults,
  imports,
  engaged,
  handOffBrake,
  merges,
  audiences,
  sendingHolds,
  campaigns,
  access,
  audienceGains,
];
