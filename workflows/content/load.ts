/** Reads the pieces of content from a folder of `.liquid` files with YAML front matter; every fault of every file at once. Knows no store. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { stages } from '../../events/stripped';
import { contentKinds, faultsOfTemplate, rootsOf, type ContentPiece } from '../../events/templates';
import { DefinitionError, type Fault } from '../core/definition-error';

const code = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be lower-case letters, digits, dots and dashes');

const frontMatter = z
  .strictObject({
    id: code,
    version: z.int('must be a whole number').min(1),
    kind: z.enum(contentKinds, `must be one of ${contentKinds.join(', ')}`),
    stage: z.enum(stages, `must be one of ${stages.join(', ')}`).optional(),
    topic: code.optional(),
    evergreen: z.boolean('must be true or false').optional(),
    priority: z.int('must be a whole number').min(1, 'must be 1 to 100').max(100, 'must be 1 to 100').optional(),
    date: z.iso.date('must be a day such as 2026-11-23').optional(),
    language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a language such as en or pt-BR'),
    subject: z.string().min(1, 'is empty').max(200, 'is longer than 200 characters'),
    purpose: z.enum(['marketing', 'service'], 'must be marketing or service').optional(),
    preheader: z.string().max(200).optional(),
  })
  .refine(({ kind, purpose }) => !(purpose === 'service' && (kind === 'offer' || kind === 'promotion')), {
    path: ['purpose'],
    message: 'an offer is marketing; as a service mail it would reach people who opted out',
  });

export type LoadedContent = { readonly artefacts: readonly Artefact[]; readonly faults: readonly Fault[] };

/** Files of `dir` and of its folder `rep`, by name. */
export function readContent(dir: string): LoadedContent {
  const files = [dir, join(dir, 'rep')].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.liquid'))
      .map((entry) => join(folder, entry.name))
      .sort(),
  );
  const read = files.map((file) => readPiece(file));
  return { artefacts: read.flatMap(({ artefacts }) => artefacts), faults: read.flatMap(({ faults }) => faults) };
}

/** Throws `DefinitionError` with every fault. */
export function loadContent(dir: string): readonly Artefact[] {
  const { artefacts, faults } = readContent(dir);
  if (faults.length > 0) throw new DefinitionError('the content', faults);
  return artefacts;
}

function readPiece(file: string): LoadedContent {
  const name = basename(file);
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  if (parts === null) return faulty([{ path: name, says: 'must begin with front matter between two lines of ---' }]);
  const document = parseDocument(parts[1] ?? '');
  if (document.errors.length > 0)
    return faulty(document.errors.map((error) => ({ path: name, says: error.message.split('\n')[0] ?? error.message })));
  const parsed = frontMatter.safeParse(document.toJS());
  if (!parsed.success)
    return faulty(parsed.error.issues.map((issue) => ({ path: [name, ...issue.path.map(String)].join('.'), says: issue.message })));
  const piece: ContentPiece = { ...parsed.data, template: (parts[2] ?? '').trim() };
  const faults = faultsOfPiece(name, piece);
  if (faults.length > 0) return faulty(faults);
  return { artefacts: [artefactOf('content', piece)], faults: [] };
}

const faulty = (faults: readonly Fault[]): LoadedContent => ({ artefacts: [], faults });

function faultsOfPiece(name: string, piece: ContentPiece): readonly Fault[] {
  const roots = rootsOf(piece.kind);
  const templates = { subject: piece.subject, preheader: piece.preheader ?? '', template: piece.template };
  return [
    ...(name === `${piece.id}.liquid` ? [] : [{ path: `${name}.id`, says: `is "${piece.id}"; name the file ${piece.id}.liquid` }]),
    ...(piece.template === '' ? [{ path: name, says: 'has no text below its front matter' }] : []),
    ...Object.entries(templates).flatMap(([part, text]) =>
      faultsOfTemplate(text, roots).map((says) => ({ path: `${name}.${part}`, says })),
    ),
  ];
}
