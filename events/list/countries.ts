/** Countries by any of their names to ISO codes, and what a country says of time zone and language. Knows no person. */

/** Languages in which country names are understood. */
const spoken = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl'] as const;

const aliases: Readonly<Record<string, string>> = {
  uk: 'GB', 'great britain': 'GB', britain: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', 'northern ireland': 'GB',
  usa: 'US', 'u s a': 'US', 'u s': 'US', america: 'US', 'united states of america': 'US', eeuu: 'US',
  holland: 'NL', 'the netherlands': 'NL', korea: 'KR', 'republic of korea': 'KR', 'south korea': 'KR', russia: 'RU', 'russian federation': 'RU',
  uae: 'AE', emirates: 'AE', turkey: 'TR', turkiye: 'TR', 'czech republic': 'CZ', czechia: 'CZ', vietnam: 'VN', 'viet nam': 'VN', deutschland: 'DE', osterreich: 'AT',
  schweiz: 'CH', suisse: 'CH', espana: 'ES', italia: 'IT', brasil: 'BR', nippon: 'JP', prc: 'CN', 'mainland china': 'CN', eire: 'IE', 'republic of ireland': 'IE',
  'ivory coast': 'CI', macedonia: 'MK', 'hong kong': 'HK', taiwan: 'TW', burma: 'MM', swaziland: 'SZ', 'cape verde': 'CV', 'east timor': 'TL',
}; // prettier-ignore

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
let named: ReadonlyMap<string, string> | undefined;
let codes: ReadonlySet<string> = new Set();

/** Built once, from the names this platform carries. */
function names(): ReadonlyMap<string, string> {
  if (named !== undefined) return named;
  const made = new Map<string, string>();
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const withdrawn = new Set([
    'EU',
    'EZ',
    'UN',
    'QO',
    'XA',
    'XB',
    'ZZ',
    'AN',
    'CS',
    'DD',
    'SU',
    'UK',
    'YU',
    'BU',
    'FX',
    'ZR',
    'TP',
    'NT',
    'DY',
    'HV',
    'NH',
    'RH',
    'VD',
    'YD',
  ]);
  const all = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => !withdrawn.has(code) && english.of(code) !== undefined);
  codes = new Set(all);
  for (const language of spoken) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of all) {
      const name = plain(display.of(code) ?? '');
      if (name !== '' && !made.has(name)) made.set(name, code);
    }
  }
  for (const [name, code] of Object.entries(aliases)) made.set(name, code);
  return (named = made);
}

/** ISO 3166 code, upper case; `undefined` for what no country is called. */
export function countryCode(name: string): string | undefined {
  if (asked.has(name)) return asked.get(name);
  const all = names();
  const upper = name.trim().toUpperCase();
  const code = upper.length === 2 && codes.has(upper) ? upper : (all.get(plain(name)) ?? all.get(plain(name).replace(/^the /, '')));
  if (asked.size >= mostAsked) asked.clear();
  asked.set(name, code);
  return code;
}
/** Lists say the same few names over and over. */
const asked = new Map<string, string | undefined>();
const mostAsked = 2_000;

/** The zone most people of the country live in, where it has several. */
const usualZone: Readonly<Record<string, string>> = {
  US: 'America/New_York', CA: 'America/Toronto', AU: 'Australia/Sydney', BR: 'America/Sao_Paulo', RU: 'Europe/Moscow', MX: 'America/Mexico_City',
  ID: 'Asia/Jakarta', CN: 'Asia/Shanghai', ES: 'Europe/Madrid', PT: 'Europe/Lisbon', FR: 'Europe/Paris', DE: 'Europe/Berlin', NZ: 'Pacific/Auckland',
  AR: 'America/Argentina/Buenos_Aires', CL: 'America/Santiago', UA: 'Europe/Kyiv', KZ: 'Asia/Almaty', CD: 'Africa/Kinshasa', EC: 'America/Guayaquil',
  MY: 'Asia/Kuala_Lumpur', MN: 'Asia/Ulaanbaatar', GL: 'America/Nuuk', UZ: 'Asia/Tashkent', VN: 'Asia/Ho_Chi_Minh', CY: 'Asia/Nicosia', PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby', FM: 'Pacific/Pohnpei', KI: 'Pacific/Tarawa', MH: 'Pacific/Majuro', PS: 'Asia/Hebron', IN: 'Asia/Kolkata', UM: 'Pacific/Wake', AQ: 'Antarctica/McMurdo',
}; // prettier-ignore

/** United States by state: the zone most of it lies in. */
const stateZone: readonly (readonly [zone: string, states: string])[] = [
  ['America/New_York', 'CT DE DC FL GA IN KY ME MD MA MI NH NJ NY NC OH PA RI SC VT VA WV connecticut delaware florida georgia indiana kentucky maine maryland massachusetts michigan new_hampshire new_jersey new_york north_carolina ohio pennsylvania rhode_island south_carolina vermont virginia west_virginia district_of_columbia washington_dc'],
  ['America/Chicago', 'AL AR IL IA KS LA MN MS MO NE ND OK SD TN TX WI alabama arkansas illinois iowa kansas louisiana minnesota mississippi missouri nebraska north_dakota oklahoma south_dakota tennessee texas wisconsin'],
  ['America/Denver', 'CO ID MT NM UT WY colorado idaho montana new_mexico utah wyoming'],
  ['America/Phoenix', 'AZ arizona'],
  ['America/Los_Angeles', 'CA NV OR WA california nevada oregon washington'],
  ['America/Anchorage', 'AK alaska'],
  ['Pacific/Honolulu', 'HI hawaii'],
]; // prettier-ignore
const zoneOfState: ReadonlyMap<string, string> = new Map(
  stateZone.flatMap(([zone, states]) => states.split(' ').map((state) => [state.replaceAll('_', ' ').toLowerCase(), zone] as const)),
);

/** Best guess of the zone somebody in the country lives in. `region`: state, used for the United States. */
export function zoneOfCountry(country: string, region?: string): string | undefined {
  const state = country === 'US' && region !== undefined ? zoneOfState.get(plain(region)) : undefined;
  if (state !== undefined) return state;
  const usual = usualZone[country];
  if (usual !== undefined) return usual;
  if (!firstZones.has(country)) firstZones.set(country, firstZone(country));
  return firstZones.get(country);
}

/** By country; asking the platform takes a tenth of a millisecond, a list has a million rows. */
const firstZones = new Map<string, string | undefined>();

function firstZone(country: string): string | undefined {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { readonly timeZones?: string[]; getTimeZones?(): string[] };
  return (locale.getTimeZones?.() ?? locale.timeZones)?.[0];
}

const zones = new Map<string, string | undefined>();
const mostZones = 2_000;

/** Canonical spelling of an IANA zone in any case; `undefined` for what is none. Asking the platform is slow, so answers are kept. */
export function zoneNamed(name: string): string | undefined {
  const trimmed = name.trim().replaceAll(' ', '_');
  if (!/^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/.test(trimmed)) return undefined;
  if (!zones.has(trimmed)) {
    if (zones.size >= mostZones) zones.clear();
    zones.set(trimmed, askedZone(trimmed));
  }
  return zones.get(trimmed);
}

function askedZone(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The language most people of the country speak, ISO 639. */
export const languageOfCountry = (country: string): string | undefined => new Intl.Locale(`und-${country}`).maximize().language;

let languages: ReadonlyMap<string, string> | undefined;

function languageNames(): ReadonlyMap<string, string> {
  const codesOfTwo = letters.flatMap((a) => letters.map((b) => (a + b).toLowerCase()));
  return new Map(
    spoken.flatMap((language) => {
      const display = new Intl.DisplayNames([language], { type: 'language', fallback: 'none' });
      return codesOfTwo.flatMap((code) => {
        const known = display.of(code);
        return known === undefined ? [] : [[plain(known), code] as const];
      });
    }),
  );
}

/** ISO 639 code of a language named by code, locale or name. */
export function languageCode(name: string): string | undefined {
  languages ??= languageNames();
  const short = /^([a-z]{2})(?:[-_][a-z]{2,4})*$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (short !== undefined && [...languages.values()].includes(short)) return short;
  return languages.get(plain(name));
}
