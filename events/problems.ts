/** Every problem the engine names: code, what it means, what the reader should do. README's table is proved equal to this by a test. */

export type Problem = {
  readonly code: string;
  readonly means: string;
  readonly todo: string;
  /** May the same attempt succeed later without a change? */ readonly retryable: boolean;
};

const problem = (code: string, means: string, todo: string, retryable = false): Problem => ({ code, means, todo, retryable });

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

  // Rows of an imported list.
  'row-empty': problem('row-empty', 'Nothing is in this row.', 'Nothing; or fill it.'),
  'row-too-wide': problem(
    'row-too-wide',
    'The row has more cells than the list has columns.',
    'Look for a comma too many, or for missing quotes.',
  ),
  'cell-too-long': problem('cell-too-long', 'A cell holds far too much text.', 'Look for a missing quotation mark, or shorten it.'),
  'ragged-row': problem('ragged-row', 'The row cannot be cut into the cells of the list.', 'Correct commas and quotes of that line.'),
  'quote-open': problem('quote-open', 'A quotation mark opens a cell and is never closed.', 'Close it.'),
  misquoted: problem('misquoted', 'Quotation marks stand where none can.', 'Double those inside a cell.'),
  'no-contact': problem('no-contact', 'Neither an e-mail address nor a phone number is in the row.', 'Add one.'),
  'address-invalid': problem(
    'address-invalid',
    'What stands as the e-mail address is none.',
    'Correct it; the sentence says what is wrong.',
  ),
  'phone-invalid': problem(
    'phone-invalid',
    'What stands as the phone number is none, and there is no e-mail address.',
    'Write it with its country: +44 20 7946 0110.',
  ),
  'contact-taken': problem(
    'contact-taken',
    'Somebody else has this phone number, and no e-mail address tells the two apart.',
    'Add the e-mail address.',
  ),
  'import-unknown': problem('import-unknown', 'No import has this id.', 'See `ripen import list`.'),
  'merge-refused': problem(
    'merge-refused',
    'The two leads cannot be made one.',
    'The sentence says why; close the hand-off, or merge the other way round.',
  ),
  'header-again': problem('header-again', 'The row names the columns once more: two files were joined.', 'Nothing; or take the line out.'),
  'role-address': problem(
    'role-address',
    'The address belongs to a machine or a department, and the rules of the source refuse that.',
    "Find the person's own address, or change `imports` in the settings.",
  ),
  'disposable-address': problem(
    'disposable-address',
    'The address is a throw-away one.',
    'Ask for another, or change `imports` in the settings.',
  ),
  'field-invalid': problem(
    'field-invalid',
    'A field of your own is not of the type the settings say.',
    'Correct it, or the type under `imports.fields`.',
  ),
  'no-consent': problem(
    'no-consent',
    'Nothing says that the person agreed to be written to, and the rules of the source need it.',
    'Give --consent and --obtained, or a column that says yes; or change `imports` in the settings.',
  ),
  'no-evidence': problem(
    'no-evidence',
    'The source needs a vendor on record with evidence of how the addresses were got.',
    'Record it: `ripen vendor add NAME --evidence TEXT`; then import with --vendor NAME.',
  ),
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;
