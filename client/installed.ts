/** Everything this installation holds, as if it were published: for looking ahead with nothing running. Knows no command. */
import type { Published } from '../workflows/core';
import { intlCalendar } from '../workflows/published/intl-calendar';
import { publishedIndex } from '../workflows/published/published-index';
import { catalogue, publishable } from './publishing';
import type { Context } from './ports';
import { failed } from './refusal';

/** Older versions of sequences are there, too. Throws `Refusal` where there are no settings. */
/** `named`: an example journey that is looked at; the others are left out, so that they do not begin by themselves. */
export function installed(context: Context, named: readonly string[] = []): Published {
  const { artefacts, faults } = catalogue(context);
  const index = publishedIndex(intlCalendar());
  index.add(publishable(artefacts, named));
  const published = index.published();
  if (published === undefined) throw failed(`This installation has no settings. ${faults.join(' ')}`);
  return published;
}
