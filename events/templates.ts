/** The template language of content: Liquid with limits, the fields a template may name, and what a piece of content is. Knows no store and no mail server. */
import { Liquid, type FilterImplOptions, type Template } from 'liquidjs';
import type { Stage } from './stripped';
import { dayWord, momentWord, type Reader } from './template-dates';

/** Kinds of content by what they are for; `rep` and `notice` never nurture. */
export const contentKinds = [
  'blog',
  'infographic',
  'ebook',
  'video',
  'guide',
  'newsletter',
  'case study',
  'white paper',
  'webinar',
  'pricing',
  'contract',
  'trial',
  'demo',
  'offer',
  'promotion',
  'contest',
  'social post',
  'notice',
  'rep',
] as const;
export type ContentKind = (typeof contentKinds)[number];

/** A piece of content as it is published: front matter and template. */
export type ContentPiece = {
  readonly id: string;
  readonly version: number;
  readonly kind: ContentKind;
  readonly stage?: Stage;
  readonly topic?: string;
  /** Good to read by itself, whatever went before: only such pieces are taken by pools. */
  readonly evergreen?: boolean;
  /** Its place in a pool, 1 = first; after those with one where absent. */
  readonly priority?: number;
  /** `2026-11-23`: pools may send the newest first. */
  readonly date?: string;
  /** BCP 47, `en`. */
  readonly language: string;
  /** Liquid; rendered without HTML escaping. */
  readonly subject: string;
  /** `service`: may also be sent as a confirmation, reminder or notice the person asked for. */
  readonly purpose?: 'marketing' | 'service';
  /** Liquid; shown beside the subject in a list of mails. */
  readonly preheader?: string;
  /** Liquid over light HTML: paragraphs, lists, links. The layout is put around it. */
  readonly template: string;
};

/** What a template may name of a person; each only where it is known of them. */
export const personFields: readonly string[] =
  'firstName lastName name company title role email phone industry country city region language interest purchase employees website'.split(
    ' ',
  );

/** What a template may name; `sender.name`: the rep or referrer the mail is from, not known where it is the brand's own; `rep`, `why` and the clocks only in mails to reps. */
const rootsForLeads = ['person', 'data', 'settings', 'sequence', 'sender'];
const rootsForReps = [...rootsForLeads, 'rep', 'lead', 'handOff', 'why', 'clock', 'acceptBy', 'contactBy', 'because', 'says'];
export const rootsOf = (kind: ContentKind): readonly string[] => (kind === 'rep' ? rootsForReps : rootsForLeads);

const limits = { parseLimit: 200_000, renderLimit: 2_000, memoryLimit: 2_000_000 };
/** An unknown field is an error except in `if` and before `default`, so nobody gets "Hello ,". No file access: partials are not known. */
const strict = { strictVariables: true, strictFilters: true, lenientIf: true, ownPropertyOnly: true, templates: {}, ...limits };

/** Bodies: every value is HTML-escaped. */
const htmlEngine = new Liquid({ ...strict, outputEscape: 'escape' });
/** Subjects and preheaders are text. */
const textEngine = new Liquid(strict);

/** A value that is no date is a field this person does not have. */
function dated(word: (value: unknown, reader: Reader) => string | undefined): FilterImplOptions {
  return function (value: unknown) {
    const says = word(value, this.context.environments as Reader);
    if (says === undefined) throw new Error(`undefined variable: date, ${String(value)} is none`);
    return says;
  };
}
for (const engine of [htmlEngine, textEngine]) {
  engine.registerFilter('moment', dated(momentWord));
  engine.registerFilter('day', dated(dayWord));
}

export type Rendering =
  { readonly as: 'rendered'; readonly text: string } | { readonly as: 'field-missing' | 'broken'; readonly what: string };

/** Renders one template; `zone` and `language` among the fields say how dates are written. What is wrong with it or its fields is answered, never thrown. Parsed templates are kept by their text. */
export function renderTemplate(template: string, fields: Readonly<Record<string, unknown>>, how: 'html' | 'text'): Rendering {
  const engine = how === 'html' ? htmlEngine : textEngine;
  try {
    return { as: 'rendered', text: String(engine.renderSync(parsed(engine, `${how}\0${template}`, template), fields)) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const missing = /undefined variable: ([^,\s]+)/.exec(error.message);
    return missing === null ? { as: 'broken', what: error.message } : { as: 'field-missing', what: missing[1] ?? error.message };
  }
}

const cache = new Map<string, Template[]>();
const mostCached = 1_000;

function parsed(engine: Liquid, key: string, template: string): Template[] {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const fresh = engine.parse(template);
  if (cache.size >= mostCached) cache.clear();
  cache.set(key, fresh);
  return fresh;
}

/** Sentences about a template that cannot be right for anybody: syntax, unknown filters, fields outside `roots`. */
export function faultsOfTemplate(template: string, roots: readonly string[]): readonly string[] {
  try {
    const used = htmlEngine.globalVariablesSync(htmlEngine.parse(template), { partials: false });
    return used
      .filter((root) => !roots.includes(root))
      .map((root) => `names "${root}", which no template knows; write one of ${roots.map((name) => `${name}…`).join(', ')}`);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
