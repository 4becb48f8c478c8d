/** Every problem the engine names: code, what it means, what the reader should do. README's table is proved equal to this by a test. */
import { problem } from './problem';
import type { Problem } from './problem';
import { listProblems } from './problems-of-lists';
export type { Problem } from './problem';

export const problems = {
  'event-malformed': problem(
    'event-malformed',
    'The message is no CloudEvent 1.0 in JSON, or a field has the wrong form.',
    'Correct the publisher; then `ripen rejected replay ID`.',
  ),
  'event-unknown-type': problem(
    'event-unknown-type',
    'The event type is not in the vocabulary.',
    'Use a type that `ripen engage --help` lists, or add it in events/engagement.ts.',
  ),
  'event-too-large': problem('event-too-large', 'The event is larger than 64 KB.', 'Publish codes, not documents.'),
  'lead-unknown': problem(
    'lead-unknown',
    'The event names a lead that does not exist.',
    'Import the person first; then `ripen rejected replay ID`.',
  ),
  'lead-erased': problem(
    'lead-erased',
    'The person was erased; nothing more is recorded about them.',
    'Nothing; stop sending events for them.',
  ),
  'event-undeliverable': problem(
    'event-undeliverable',
    'The router could not hand the event to its lead after many attempts.',
    'See whether Temporal is up (`ripen status`), then `ripen rejected replay ID`.',
    true,
  ),
  'intake-away': problem(
    'intake-away',
    'The intake could not store what it was sent: NATS or the database did not answer.',
    'Send it again after the time in Retry-After; repeats are harmless.',
    true,
  ),
  'input-refused': problem(
    'input-refused',
    'The core threw on this input; the lead goes on without it.',
    'This is a bug in ripen or in a plan: report it with the record, then `ripen rejected replay ID`.',
  ),
  'sequence-unknown': problem(
    'sequence-unknown',
    'No published sequence has this id or version.',
    'See `ripen sequences list`; publish with `ripen sequences publish`.',
  ),
  'phase-unknown': problem('phase-unknown', 'The sequence has no phase of that name.', 'See `ripen sequences list`.'),
  'digest-unknown': problem(
    'digest-unknown',
    'A lead refers to a published plan, model or settings by a digest that the store does not hold.',
    'Restore it from FACTS: `ripen sequences publish --restore`.',
    true,
  ),
  'content-missing': problem(
    'content-missing',
    'A touch names content that is not published.',
    'Add the piece under workflows/content and `ripen sequences publish`.',
  ),
  'template-field-missing': problem(
    'template-field-missing',
    'The template names a field that this person or enrolment does not have.',
    'Give the field a default in the template: {{ person.firstName | default: "there" }}.',
  ),
  'no-reps': problem(
    'no-reps',
    'No sales rep can take hand-offs.',
    'Add one: `ripen handoff reps --add NAME --email ADDRESS`. The hand-off is asked again every hour.',
    true,
  ),
  'hand-off-brake': problem(
    'hand-off-brake',
    'The brake holds this hand-off: an hour brought far more of them than usual.',
    'See `ripen handoff held`; then `ripen handoff release` or `ripen handoff drop`.',
    true,
  ),
  'no-address': problem(
    'no-address',
    'The person has no address on this channel.',
    'Add it with `ripen import`, or reach the person otherwise.',
  ),
  'facts-away': problem(
    'facts-away',
    'NATS did not answer; the lead waits and decides nothing.',
    'Bring NATS back; leads go on by themselves within ten minutes.',
    true,
  ),
  'facts-behind': problem(
    'facts-behind',
    'The FACTS stream ends before what this lead already decided: an older stream was restored.',
    '`ripen rebuild LEAD` restates the lead from what its workflow knows, or restore a newer stream.',
  ),
  'facts-forked': problem(
    'facts-forked',
    'The FACTS stream holds other decisions than this lead made: two engines wrote to one stream.',
    'Stop the second engine, then `ripen rebuild LEAD`.',
  ),
  'fact-unknown': problem(
    'fact-unknown',
    'The log holds a fact this worker does not know: an older worker runs beside a newer one.',
    'Bring every worker to the newer release.',
    true,
  ),
  'decide-failed': problem(
    'decide-failed',
    'The decision activity failed in an unforeseen way.',
    'See the worker log; the lead tries again.',
    true,
  ),
  'wake-stuck': problem(
    'wake-stuck',
    'A due moment passed and deciding changed nothing.',
    'This is a bug in ripen or in a plan: report it with `ripen timeline LEAD --json`.',
  ),
  'database-away': problem('database-away', 'Postgres did not answer.', 'Bring the database back; work goes on by itself.', true),
  'mail-server-away': problem(
    'mail-server-away',
    'The mail server did not take the mail; nothing was sent.',
    'See SMTP_URL and the server; touches are tried again.',
    true,
  ),
  'mail-deferred': problem(
    'mail-deferred',
    'The mail server asks to come back later with this mail; nothing was sent.',
    'Nothing to do: it is tried again a dozen times; then the touch is passed over.',
    true,
  ),
  'sender-at-fault': problem(
    'sender-at-fault',
    'The mail server refused us, not the recipient: authentication, quota or policy.',
    'Mend SPF, DKIM, DMARC or the account; the touch is tried again and nobody is suppressed.',
    true,
  ),
  'address-refused': problem('address-refused', 'The mail server says the address does not exist.', 'Nothing; the address is suppressed.'),
  'mailbox-refused': problem(
    'mailbox-refused',
    'The mail server refused this mail for a mailbox that exists: full, closed or choosy.',
    'Nothing; the person is not suppressed and may get later mails.',
  ),
  'send-uncertain': problem(
    'send-uncertain',
    'The connection broke after the mail was handed over; the provider may or may not have it.',
    'Ask the provider, then `ripen uncertain settle ID --sent|--not-sent`.',
  ),

  // Programs that ask, and who does not answer them.
  'not-allowed': problem(
    'not-allowed',
    'The intake does not know who sends: the bearer token is missing or wrong.',
    'Send `Authorization: Bearer TOKEN` with a token of INTAKE_TOKENS.',
  ),
  'ask-malformed': problem(
    'ask-malformed',
    'A request to the people role has the wrong form.',
    'Correct the program that asks; the sentence names the field. A command line and an engine of different releases do this, too.',
  ),
  'verb-unknown': problem('verb-unknown', 'The people role has no such request.', 'Bring command line and engine to the same release.'),
  'ask-failed': problem(
    'ask-failed',
    'The people role failed in an unforeseen way.',
    'See its log for "a request to the people role failed"; report it with the sentence.',
  ),
  'command-malformed': problem(
    'command-malformed',
    'A command to a lead has no id, no word or nobody who gives it.',
    'Correct the program that gives it, or use `ripen`.',
  ),
  'people-away': problem(
    'people-away',
    'NATS or the people role did not answer the command line.',
    'Start everything with `ripen up`, or the people role with `node dist/worker/main.js --role people`.',
    true,
  ),
  'temporal-away': problem(
    'temporal-away',
    'Temporal, or a worker, did not answer the command line.',
    'Start everything with `ripen up`, or correct TEMPORAL_ADDRESS; then repeat the command.',
    true,
  ),
  'record-unreadable': problem(
    'record-unreadable',
    'A record in REJECTED has another form than this release writes.',
    'See it with `ripen rejected show ID`; it cannot be replayed.',
  ),
  ...listProblems,
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;
