/** Renders the current version of a piece for a person or a rep. What is missing is a code, never a thrown error. Knows no mail server. */
import { unsubscribeUrl } from '../../events/links';
import { renderTemplate, type ContentPiece } from '../../events/templates';
import type { GiveTask, NotifyRep } from '../../workflows/core/effects';
import { RepMailBroken } from '../ports';
import type { Renderer } from '../ports';
import { frame, trackLinks } from './mail-layout';

/** The newest version of a published piece; `ref` is `id@version#digest`. */
export interface PieceSource {
  currentPiece(id: string): Promise<{ readonly ref: string; readonly piece: ContentPiece } | undefined>;
}

export type RendererOptions = {
  readonly pieces: PieceSource;
  /** Where recipients reach this installation. */
  readonly publicUrl: string;
  readonly postalAddress: string;
  readonly secret: string;
  /** IANA zone in which reps are told their clocks; UTC where absent. */
  readonly repZone?: string;
};

type Parts = { readonly subject: string; readonly body: string; readonly preheader: string };
/** `settings.x` of the enrolment's data, as templates name it. */
const settingsIn = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(data).flatMap(([name, value]) => (name.startsWith('settings.') ? [[name.slice(9), value]] : [])));
type Wrong = { readonly missing: 'content-missing' | 'template-field-missing'; readonly what: string };

export function liquidRenderer(options: RendererOptions): Renderer {
  const { pieces, publicUrl, postalAddress, secret } = options;
  return {
    async render(send, leadId, to, sender) {
      const found = await pieces.currentPiece(send.content);
      if (found === undefined) return { missing: 'content-missing', what: send.content };
      const { ref, piece } = found;
      const sequence = send.sequence.split('@')[0] ?? send.sequence;
      const fields = {
        person: to.person,
        data: nested(send.data),
        settings: settingsIn(send.data),
        sequence,
        sender: sender === undefined ? {} : { name: sender },
        zone: to.zone,
        language: piece.language,
      };
      const parts = partsOf(ref, piece, fields);
      if ('missing' in parts) return parts;
      const unsubscribe = send.purpose === 'marketing' ? { unsubscribe: unsubscribeUrl(publicUrl, to.unsubscribeToken) } : {};
      const tracked = trackLinks(parts.body, publicUrl, secret, { leadId, effect: send.id, content: piece.id });
      const { language } = piece;
      return {
        content: ref,
        subject: parts.subject,
        ...frame(parts.body, { language, preheader: parts.preheader, footer: { postalAddress, ...unsubscribe }, html: tracked }),
      };
    },

    async renderForRep(note, leadId, to, person) {
      const id = note.type === 'GiveTask' ? 'rep-task' : `rep-${note.what}`;
      const found = await pieces.currentPiece(id);
      if (found === undefined) throw new RepMailBroken(`content ${id} is not published; run \`ripen sequences publish\``);
      const parts = partsOf(
        found.ref,
        found.piece,
        repFields(note, leadId, to.name, person?.person ?? {}, person?.email, options.repZone ?? 'UTC'),
      );
      if ('missing' in parts) throw new RepMailBroken(`${found.ref}: ${parts.missing}: ${parts.what}`);
      return { subject: parts.subject, ...frame(parts.body, { language: found.piece.language, footer: { postalAddress } }) };
    },
  };
}

function partsOf(ref: string, piece: ContentPiece, fields: Readonly<Record<string, unknown>>): Parts | Wrong {
  const subject = renderTemplate(piece.subject, fields, 'text');
  const preheader = renderTemplate(piece.preheader ?? '', fields, 'text');
  const body = renderTemplate(piece.template, fields, 'html');
  for (const part of [subject, preheader, body]) {
    if (part.as === 'field-missing') return { missing: 'template-field-missing', what: part.what };
    if (part.as === 'broken') return { missing: 'content-missing', what: `${ref} cannot be rendered: ${part.what}` };
  }
  return { subject: oneLine(said(subject)), preheader: oneLine(said(preheader)), body: said(body) };
}

/** `coupon.code` is read as a template writes it: the field of a field. */
function nested(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(data)) {
    const [group = '', field] = name.split(/\.(.*)/s);
    if (field === undefined) fields[name] ??= value;
    else fields[group] = { ...(typeof fields[group] === 'object' ? fields[group] : {}), [field]: value };
  }
  return fields;
}

const said = (rendering: ReturnType<typeof renderTemplate>): string => (rendering.as === 'rendered' ? rendering.text : '');
/** A field with a line break must not end the header. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Profiles hold the parts of a name; a rep wants to see the whole. */
function nameOf({ firstName, lastName }: Readonly<Record<string, unknown>>): { readonly name?: string } {
  const name = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return name === '' ? {} : { name };
}

function repFields(
  note: NotifyRep | GiveTask,
  leadId: string,
  repName: string,
  person: Readonly<Record<string, unknown>>,
  email: string | undefined,
  zone: string,
) {
  const moment = (at: number): string =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(at);
  const whoAndWhom = {
    person: { ...nameOf(person), ...person, ...(email === undefined ? {} : { email }) },
    rep: { name: repName },
    lead: leadId,
  };
  if (note.type === 'GiveTask') return { ...whoAndWhom, says: note.says, sequence: note.sequence.split('@')[0] };
  return {
    ...whoAndWhom,
    handOff: note.handOff,
    why: note.why,
    clock: note.clock ?? 'contact',
    ...(note.because === undefined ? {} : { because: note.because }),
    contactBy: moment(note.contactBy),
    ...(note.acceptBy === undefined ? {} : { acceptBy: moment(note.acceptBy) }),
  };
}
