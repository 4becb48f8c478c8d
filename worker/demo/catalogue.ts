/** Everything this repository ships to be published: scoring models, settings, content, sequences. Knows no store. */
import { digestOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { loadContent } from '../../workflows/content/load';
import { DefinitionError } from '../../workflows/core/definition-error';
import { sequences } from '../../workflows/sequences';
import { readSettings } from '../../workflows/settings/load';
import { shipped } from '../paths';

/** Models before the settings that name them, content before the sequences that send it. Throws `DefinitionError`. */
export function shippedCatalogue(): readonly Artefact[] {
  const settings = readSettings(shipped('workflows', 'settings'));
  if (settings.faults.length > 0) throw new DefinitionError('the settings', settings.faults);
  const models = settings.artefacts.filter(({ kind }) => kind === 'model');
  const others = settings.artefacts.filter(({ kind }) => kind !== 'model');
  const plans = sequences.map((plan): Artefact => ({
    kind: 'plan',
    id: plan.id,
    version: plan.version,
    digest: digestOf(plan),
    body: plan,
  }));
  return [...models, ...others, ...loadContent(shipped('workflows', 'content')), ...plans];
}
