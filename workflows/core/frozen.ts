/** What is published, as it was for a lead when its points were last counted. */
import type { Published } from './plan';
import type { LeadState } from './state';

/** Every ledger goes by the version of its model that it goes by now: a newer one has not counted anything of it yet. */
export const frozen = (published: Published, { scores }: LeadState): Published => ({
  ...published,
  currentModel: (id) => {
    const ref = scores[id]?.model;
    if (ref === undefined) return published.currentModel(id);
    const model = published.model(ref);
    return model === undefined ? undefined : { ref, model };
  },
});
