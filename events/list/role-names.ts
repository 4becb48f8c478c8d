/** Addresses of functions, not of people: those nobody reads, and those many read. Knows no rule. */

/** Machines, and boxes that exist for complaints. */
const unattended =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotrespond|noresponse|mailer[-_.]?daemon|postmaster|hostmaster|abuse|bounces?|nobody|devnull|null|root|daemon|spam|autoreply|auto[-_.]reply|unsubscribe|undisclosed[-_.]recipients|nospam)$/;

const shared: ReadonlySet<string> = new Set(
  `info information infos sales vertrieb ventes ventas office buero bureau contact contacts contacto contato kontakt hello hi hallo hola bonjour mail email
   post admin administrator administration administracion webmaster support service services kundenservice help helpdesk hilfe team all everyone staff
   marketing press presse media pr billing invoice invoices rechnung accounts accounting buchhaltung finance payments orders order bestellung shop
   hr jobs job careers career recruiting bewerbung personal enquiries enquiry inquiries inquiry anfrage anfragen reception empfang feedback
   newsletter news list lists legal privacy datenschutz dpo gdpr security it edv usenet ftp www customerservice customercare care partner partners
   secretary secretariat sekretariat verwaltung zentrale company firma general director management`.split(/\s+/),
);

/** Of a normal form. `undefined` for what may be a person. */
export function roleOf(normal: string): 'unattended' | 'shared' | undefined {
  const local = normal.slice(0, normal.lastIndexOf('@'));
  return unattended.test(local) ? 'unattended' : shared.has(local) ? 'shared' : undefined;
}
