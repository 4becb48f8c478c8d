/** What is published in a tale: its sequences, and the scoring model, settings and content that the repository ships unless the tale brings its own. Knows no lead. */
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { readContent } from '../content/load';
import type { Model, Plan, Published, Settings } from '../core';
import type { ContentInfo } from '../core/plan';
import { DefinitionError } from '../core';
import { shipped } from '../paths';
import { intlCalendar } from '../published/intl-calendar';
import { publishedIndex } from '../published/published-index';
import { readSettings } from '../settings/load';

export type Rules = {
  readonly plans: readonly Plan[];
  /** Instead of the shipped scoring models. */
  readonly models?: readonly Model[];
  /** What differs from the shipped settings. */
  readonly settings?: Partial<Settings>;
};

/** The calendar keeps what it looked up, so all tales share one. */
const calendar = intlCalendar();
let read: { readonly rules: readonly Artefact[]; readonly content: readonly Artefact[] } | undefined;

/** Read once a process. Throws `DefinitionError` with every fault. */
function repository(): NonNullable<typeof read> {
  if (read !== undefined) return read;
  const settings = readSettings(shipped('workflows', 'settings'));
  const content = readContent(shipped('workflows', 'content'));
  const faults = [...settings.faults, ...content.faults];
  if (faults.length > 0) throw new DefinitionError('what the repository ships', faults);
  read = { rules: settings.artefacts, content: content.artefacts };
  return read;
}

/** Content that is not written yet is imagined, so that a plan can be told before its mails are. */
export function publishedFor({ plans, models, settings = {} }: Rules): Published {
  const { rules, content } = repository();
  const own = models?.map((model) => artefactOf('model', model)) ?? rules.filter(({ kind }) => kind === 'model');
  const inForce = rules
    .filter(({ kind }) => kind === 'settings')
    .map(({ body }) => artefactOf('settings', { ...(body as Settings), ...settings }));
  const index = publishedIndex(calendar);
  index.add([...own, ...inForce, ...content, ...plans.map((plan) => artefactOf('plan', plan))]);
  const published = index.published();
  if (published === undefined) throw new Error('the repository ships no settings called "workspace"');
  return { ...published, content: (id) => published.content(id) ?? imagined(id) };
}

const imagined = (id: string): ContentInfo => ({ id, version: 1, digest: 'imagined', kind: 'imagined' });
