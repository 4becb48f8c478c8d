/** Mistakes in what a sequence names and sends, each with the path and the sentence it is to be met with. */
import { clicked, engaged, field, not, persona, segment } from '../../workflows/core/words';
import { base, mail, of, phase, planWith, start, way } from './mistake';
import type { Mistake } from './mistake';

/** Pieces of content that hold a mistake, or are there to be used wrongly. */
export const pieces: Readonly<Record<string, string>> = {
  'no-such-field': 'kind: guide\nlanguage: en\nsubject: x\n---\n<p>{{ person.shoeSize }}</p>',
  'no-such-data': 'kind: guide\nlanguage: en\nsubject: "{{ data.endsOn }}"\n---\n<p>{% if data.seats %}{{ data.seats }}{% endif %}</p>',
  'no-such-setting': 'kind: guide\nlanguage: en\nsubject: x\n---\n<p>{{ settings.bonuss }} {{ settings.bonus }}</p>',
};

export const mistakesOfContent: readonly Mistake[] = [
  // What it names
  [
    'a click in a message that is not there',
    way(clicked('welcom'), { end: 'done' }),
    'phases.start.advance[0].when',
    'there is no touch "welcom" in this sequence',
  ],
  ['a scoring model that is not there', planWith({ model: 'b2c' }), 'model', 'there is no model "b2c" in workflows/settings'],
  [
    'a segment that is not there',
    planWith({ who: not(segment('small-team')) }),
    'who.of',
    'there is no segment "small-team" in the settings; there is small-teams, warming-up',
  ],
  [
    'a persona that is not there',
    planWith({ who: persona('boss') }),
    'who',
    'there is no persona "boss" in the settings; there is team-lead, budget-holder',
  ],
  [
    'a value that a trait cannot have',
    planWith({ who: field('seniority').oneOf('owner', 'ownr') }),
    'who',
    '"ownr" is no seniority; did you mean "owner"? It can be owner, executive, director, manager, specialist, assistant, student',
  ],
  [
    'a belief people are sorted by',
    way(not(field('religion').known()), { end: 'done' }),
    'phases.start.advance[0].when.of',
    'is about religion or belief: nobody is scored or sorted by that (GDPR, article 9)',
  ],
  [
    'a setting that is not there',
    planWith({ who: field('settings.bonuss').is(3) }),
    'who',
    'there is no setting "bonuss" in this sequence',
  ],
  // What it sends
  ['content that is not there', of(mail('poem')), start, 'there is no content "poem"; write workflows/content/poem.liquid'],
  [
    'content in place of another that is not there',
    of(mail('welcome', { ifCapped: { replace: 'poem' } })),
    start,
    'there is no content "poem"; write workflows/content/poem.liquid',
  ],
  [
    'a price for people who only begin to look',
    { ...base, phases: { start: phase([mail('pricing')], { stage: 'awareness' }) } },
    start,
    'sends "pricing", which is for decision, to people in awareness; send something earlier, or say why with outOfStage',
  ],
  [
    'an offer as a service mail',
    of(mail('special-offer', { purpose: 'service' })),
    start,
    'is a service mail, but "special-offer" is an offer; it would reach people who opted out of marketing',
  ],
  [
    'marketing as a service mail',
    of(mail('welcome', { purpose: 'service' })),
    start,
    'is a service mail, but the content "welcome" is not marked "purpose: service"; marketing must not reach people who opted out',
  ],
  ['a mail to reps', of(mail('rep-offer')), start, '"rep-offer" is a mail to reps'],
  [
    'a field that no profile has',
    of(mail('no-such-field')),
    start,
    '"no-such-field" names person.shoeSize, which nobody on this sequence has; there is firstName, lastName, name, company, title, role, email, phone, industry, country, city, region, language, interest, purchase, employees, website',
  ],
  [
    'a field that no enrolling event brings',
    { ...of(mail('no-such-data')), on: engaged('trial.started') },
    start,
    '"no-such-data" names data.endsOn, which nobody on this sequence has; there is plan, endsAt',
  ],
  [
    'a setting that a message misspells',
    { ...of(mail('no-such-setting')), settings: { bonus: { kind: 'number', says: 'Percent off', default: 5 } } },
    start,
    '"no-such-setting" names settings.bonuss, which nobody on this sequence has; there is bonus',
  ],
  [
    'what the night does to a service mail',
    of(mail('first-login', { purpose: 'service', ifQuiet: 'skip' })),
    `${start}.ifQuiet`,
    'says nothing in a service message, which neither cap nor night holds',
  ],
];
