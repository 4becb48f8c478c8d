/** Everything this installation holds, as if it were published: for looking ahead with nothing running. Knows no command. */
import { artefactOf } from '../events/digest';
import type { Published } from '../workflows/core';
import { intlCalendar } from '../workflows/published/intl-calendar';
import { publishedIndex } from '../workflows/published/published-index';
import { readVersions } from '../workflows/sequences/versions';
import { catalogue } from './publishing';
import type { Context } from './ports';
import { failed } from './refusal';

/** Older versions of sequences are there, too. Throws `Refusal` where there are no settings. */
export function installed(context: Context): Published {
  const { artefacts, faults } = catalogue(context);
  const index = publishedIndex(intlCalendar());
  index.add(artefacts);
  index.add(readVersions(context.shipped('workflows')).stored.map(({ plan }) => artefactOf('plan', plan)));
  const published = index.published();
  if (published === undefined) throw failed(`This installation has no settings. ${faults.join(' ')}`);
  return published;
}
