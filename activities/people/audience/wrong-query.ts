/** Why a text is no question: a sentence with the place. */
import type { QueryFault } from '../../../events/audience/query';

export class WrongQuery extends Error {
  override name = 'WrongQuery';
  constructor(readonly fault: QueryFault) {
    super(fault.says);
  }
}
