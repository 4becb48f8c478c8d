/** The tale so far in words: what was told and what came of it, when, and why not; then how things stand. Knows no expectation. */
import { describeLead } from '../core';
import type { Fact } from '../core';
import { factWord, quietFacts } from '../speech/fact-words';
import { inWords } from '../speech/words';
import { inZone, spoken } from './moments';
import type { Scene } from '../foresight/scene';

type Event = { readonly at: number; readonly says: string };

/** A tale that goes round is long; its end says why. */
const mostEvents = 200;

/** One line an event; a moment is named once. */
export function tellingOf(scene: Scene, zone: string): string {
  const events = eventsOf(scene, zone);
  const shown = events.slice(-mostEvents);
  const width = spoken(0, zone).length + 2;
  let named = '';
  const lines = shown.map(({ at, says }) => {
    const when = spoken(at, zone);
    const head = when === named ? '' : when;
    named = when;
    return `  ${head.padEnd(width)}${says}`;
  });
  return [
    `The tale so far (times of ${zone}):`,
    ...(events.length > shown.length ? [`  … ${events.length - shown.length} earlier events`] : []),
    ...(lines.length === 0 ? ['  nothing has happened yet'] : lines),
    `How it stands, ${spoken(scene.now(), zone)}:`,
    ...standing(scene, zone).map((says) => `  ${says}`),
  ].join('\n');
}

/** Facts and changes of the world in the order they came to be. */
function eventsOf(scene: Scene, zone: string): readonly Event[] {
  const world = scene.lines().filter((line) => line.as === 'world');
  const changes = (facts: number): readonly Event[] => world.filter((line) => line.facts === facts);
  const told = scene.facts().flatMap((fact, number) => [...changes(number), ...factEvent(fact, zone)]);
  return [...told, ...changes(scene.facts().length)];
}

const points = (thousandths: number): string => `${thousandths > 0 ? '+' : ''}${thousandths / 1_000}`;

const factEvent = (fact: Fact, zone: string): readonly Event[] =>
  quietFacts.has(fact.type)
    ? []
    : [{ at: fact.recordedAt, says: inZone(factWord(fact, { rep: (id) => id, date: (at) => spoken(at, zone), points }), zone) }];

/** Stage, score, what it waits for and until when. */
function standing(scene: Scene, zone: string): readonly string[] {
  const { details } = describeLead(scene.published, scene.state(), scene.now());
  return details.split('\n\n').map((says) => inZone(inWords(says.replaceAll('**', '').replace(/^- /, '')), zone));
}
