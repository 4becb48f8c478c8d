/** Problems of imported lists and of people who are merged. */
import { problem } from './problem';
import type { Problem } from './problem';

export const listProblems = {
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
  'access-needed': problem(
    'access-needed',
    'Credentials are in force, and the request came without one.',
    'Set RIPEN_CREDENTIAL to yours; an operator gives one: `ripen access give NAME --role marketer`.',
  ),
  'access-refused': problem(
    'access-refused',
    'The credential is not in force, or its role may not do this.',
    'Ask an operator; `ripen access list` shows who is who.',
  ),
  'access-unknown': problem('access-unknown', 'Nobody has a credential of this name.', 'See `ripen access list`.'),
  'query-wrong': problem(
    'query-wrong',
    'What was asked of an audience has no meaning.',
    'The sentence names the place; see `ripen audience fields`.',
  ),
  'audience-unknown': problem('audience-unknown', 'No saved audience has this name.', 'See `ripen audience list`.'),
  'campaign-unknown': problem('campaign-unknown', 'No campaign has this name.', 'See `ripen campaign list`.'),
  'campaign-refused': problem('campaign-refused', 'The campaign cannot be begun like this.', 'The sentence says why.'),
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
