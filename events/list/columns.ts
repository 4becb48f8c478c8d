/** Names of columns as lists write them to the fields we know. Knows no value. */

const synonyms = {
  email:
    'email, e-mail, mail, email address, e-mail address, mail address, work email, business email, email 1, emailadresse, e-mail-adresse, correo, correo electronico, courriel, adresse email, mailadresse, email adresse, indirizzo email, endereco de email, email id',
  firstName: 'first name, firstname, first, given name, forename, vorname, prenom, nombre, nome',
  lastName: 'last name, lastname, last, surname, family name, nachname, nom, apellido, apellidos, cognome, sobrenome',
  name: 'name, full name, fullname, contact, contact name, person, lead name',
  company:
    'company, company name, organisation, organization, organisation name, account, account name, employer, firma, unternehmen, entreprise, societe, empresa, azienda, business, organization name, associated company, account company, company account, societe entreprise, nombre de la empresa, ragione sociale, empresa organizacion',
  title:
    'title, job title, jobtitle, role, position, job, function, designation, funktion, beruf, poste, cargo, puesto, current occupation, what is your current occupation, organization title, organisation title, occupation, stellenbezeichnung, berufsbezeichnung, intitule du poste, headline',
  industry: 'industry, sector, branch, vertical, branche, secteur, sector, settore',
  employees:
    'employees, number of employees, no of employees, employee count, company size, size, headcount, staff, mitarbeiter, mitarbeiterzahl, firmengrosse, effectif, empleados',
  phone:
    'phone, phone number, telephone, telephone number, tel, mobile, mobile phone, cell, work phone, business phone, direct dial, telefon, telefonnummer, handy, mobil, telefono, telefone, mobile number, mobile phone number, cell phone, telefono movil, movil, celular, numero de telefono, portable, telephone portable, mobiltelefon, handynummer, mobilnummer, cellulare',
  street:
    'street, address, street address, address 1, address line 1, postal address, strasse, adresse, direccion, rue, mailing street, strasse und hausnummer, indirizzo, endereco, calle, domicilio',
  city: 'city, town, suburb, stadt, ort, ville, ciudad, citta, cidade',
  region:
    'state, region, province, county, state region, bundesland, departement, provincia, estado, state province, province state, county region',
  postalCode:
    'postal code, postcode, zip, zip code, plz, code postal, codigo postal, cap, cep, zip postal code, postal code zip, postleitzahl, code postal zip',
  country: 'country, country region, country code, land, staat, pays, pais, paese, nation',
  zone: 'time zone, timezone, tz, zeitzone, fuseau horaire, zona horaria',
  language: 'language, preferred language, locale, lang, sprache, langue, idioma, lingua',
  website: 'website, web site, url, homepage, web, domain, company domain, webseite',
  interest: 'product interest, interest, interested in, product, products of interest, produktinteresse, specialization',
  purchase: 'expected purchase, expected purchase date, purchase timeframe, timeframe, timeline, buying timeframe, close date',
  source: 'source, lead source, leadsource, origin, lead origin, channel, quelle, herkunft, utm source',
  stage: 'stage, lead stage, lifecycle stage, funnel stage, buying stage, buyer stage, sales stage, lead status, status, phase',
  customer: 'customer, existing customer, is customer, already customer, current customer, kunde, bestandskunde, client, cliente',
  consent:
    'consent, opt in, optin, opted in, marketing consent, newsletter consent, gdpr consent, einwilligung, permission, subscribed, email opt in, accepts marketing, accepts email marketing, marketing permission, marketing opt in, newsletter opt in',
  doNotEmail:
    'do not email, do not mail, do not contact, unsubscribed, opt out, opted out, optout, no email, suppressed, email opt out, has opted out of email, opted out of email, unsubscribed from all email, unsubscribed from all emails, unsubscribe, unsubscribed at, unsub time, unsubscribe date, opt out date, do not market, do not send email, email status, email marketing status, email subscription status, email subscriber status, subscription status, subscriber status, marketing status, email marketing consent, marketing contact status, blacklisted, blocklisted, email blacklisted, email blocklisted, abgemeldet, abgemeldet am, werbesperre, keine werbung, desinscrit, desabonne, baja',
  external: 'external id, crm id, contact id, prospect id, person id, user id, salesforce id, hubspot id, record id',
  anonymous: 'anonymous id, visitor id, cookie id, device id',
} as const satisfies Readonly<Record<string, string>>;

export type Column = keyof typeof synonyms;

const keyOf = (header: string): string =>
  header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** `rank`: the plainer name wins where two columns of a list mean the same. */
type Known = { readonly column: Column; readonly rank: number };
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries(synonyms).flatMap(([column, names]) =>
    names.split(', ').map((name, rank) => [keyOf(name), { column: column as Column, rank }] as const),
  ),
);

/** Fields that exports write with whose or which one it is: `Person - Email - Work`, `E-mail 1 - Value`, `Business Street`, `Home City`. */
const wrapped: ReadonlySet<Column> = new Set<Column>([
  'email', 'firstName', 'lastName', 'name', 'company', 'title', 'phone', 'street', 'city', 'region', 'postalCode', 'country',
]); // prettier-ignore
const whose = /^(?:person|lead|contact|customer|primary|main|business|company|work|billing|mailing|home|private|other)\b[\s:./_–-]*/i;
const which = /[\s:./_–-]*\b(?:value|work|business|primary|main|home|private|other|mobile)$/i;

function unwrapped(header: string): Known | undefined {
  const bare = header
    .trim()
    .replace(/(?<=\p{L})[\s_]*1\b/u, '')
    .replace(whose, '')
    .replace(which, '');
  const found = known.get(keyOf(bare));
  if (found === undefined || !wrapped.has(found.column)) return undefined;
  const theirs = /\b(?:home|private|other)\b/i.test(header);
  return { column: found.column, rank: found.rank + (theirs ? 2_000 : 1_000) };
}

/** In any case, with spaces, dashes or underscores; `undefined` for a column of the list's own. */
export const columnOf = (header: string): Known | undefined => known.get(keyOf(header)) ?? unwrapped(header);
