/** Events of a preview as people type them: `3 days: email.clicked touch=welcome`. Knows no command. */
import type { Input } from '../workflows/core';
import { msOf, parseSpan } from '../workflows/core/time';
import type { Span } from '../workflows/core/time';
import type { Scene } from '../workflows/foresight/scene';
import { checkEvent, eventType, fieldsOf } from './event-fields';
import { wrongUsage } from './refusal';
import { collect } from './verb';

export type ToldEvent = {
  /** After the entry, ms. */
  readonly afterMs: number;
  readonly text: string;
  /** The input at that moment of the scene. Throws `Refusal` where it is about a mail that was not sent by then. */
  readonly inputIn: (scene: Scene, id: string) => Input;
};

const form = '"3 days: email.clicked touch=welcome"';

/** Throws `Refusal`. */
export function toldEvent(text: string): ToldEvent {
  const match = /^\s*([^:]+?)\s*:\s*(\S+)\s*(.*)$/.exec(text);
  const [, span = '', type = '', rest = ''] = match ?? [];
  if (match === null || parseSpan(span) === undefined)
    throw wrongUsage(`--event "${text}" says no time and event: write for example ${form}.`);
  const given = rest
    .split(/\s+/)
    .filter((pair) => pair !== '')
    .reduce<Readonly<Record<string, string>>>((fields, pair) => collect(pair, fields), {});
  const { touch, ...named } = given;
  const known = eventType(type);
  const data = fieldsOf(known, named);
  checkEvent(known, { who: { lead: 'preview' }, ...data });
  return {
    afterMs: msOf(span as Span),
    text,
    inputIn: (scene, id) => ({
      kind: 'engaged',
      id,
      event: { id, type: known, occurredAt: scene.now(), actor: 'human', data, ...(touch === undefined ? {} : mailOf(scene, touch, text)) },
    }),
  };
}

/** The newest mail of that touch. */
function mailOf(scene: Scene, touch: string, text: string): { readonly effect: string; readonly content: string } {
  const sent = scene.facts().filter((fact) => fact.type === 'TouchSent');
  const mail = sent.findLast((each) => each.touch === touch);
  if (mail !== undefined) return { effect: mail.effect, content: mail.content };
  const names = [...new Set(sent.map((each) => each.touch))].join(', ') || 'none';
  throw wrongUsage(`--event "${text}": message "${touch}" is not sent by then. Sent by then: ${names}.`);
}
