/** Industries and sources as lists name them to codes. Knows no person. */

const industries: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['software', /\b(software|saas|internet|information technology|it services|computer|cloud|app development|artificial intelligence|informatik|logiciel)|^(it|tech|technology|ict|edv)$/i],
  ['agency', /\b(agency|agencies|advertising|public relations|marketing|werbung)|agentur/i],
  ['consulting', /\b(consult|professional services|outsourcing|advisory|beratung|conseil)/i],
  ['healthcare', /\b(health|hospital|medical|clinic|dental|pharma|biotech|life science|veterinar|gesundheit|santé|salud)/i],
  ['education', /\b(education|school|universit|academy|training|e-?learning|bildung|éducation)/i],
  ['finance', /\b(financ|bank|insurance|invest|accounting|fintech|capital|versicherung|assurance|seguros)/i],
  ['media', /\b(media|publishing|entertainment|film|television|broadcast|music|news|gaming|verlag)/i],
  ['telecom', /\btelecom|\btelco|telekommunikation/i],
  ['energy', /\b(energy|utilit|oil|gas|solar|wind power|electricity|energie)/i],
  ['mining', /\b(mining|metals|bergbau|minería)/i],
  ['agriculture', /\b(agricultur|farm|forestry|fishing|landwirtschaft)/i],
  ['food', /\b(food|beverage|restaurant|catering|bakery|dairy|lebensmittel)/i],
  ['construction', /\b(construction|building|civil engineering|architect|bau(wesen|gewerbe)?\b|construcción)/i],
  ['real-estate', /\b(real estate|property|immobili)/i],
  ['logistics', /\b(logistic|transport|shipping|freight|supply chain|warehous|trucking|spedition)/i],
  ['automotive', /\b(automotive|automobil|car dealer|vehicle)/i],
  ['manufacturing', /\b(manufactur|industrial|machinery|chemical|textile|electronics|engineering|production|fertigung|maschinenbau|fabricación)/i],
  ['retail', /\b(retail|e-?commerce|wholesale|consumer goods|fashion|apparel|handel|distribution)/i],
  ['travel', /\b(travel|touris|hospitality|hotel|airline|leisure|reise)/i],
  ['government', /\b(government|public (sector|administration)|municipal|defen[cs]e|military|behörde)/i],
  ['nonprofit', /\b(non-?profit|charit|ngo|foundation|association|verein)/i],
  ['legal', /\b(legal|law|attorney|notar|kanzlei)/i],
]; // prettier-ignore

/** Every code an industry can have. */
export const industryCodes: readonly string[] = industries.map(([code]) => code);

export const industryCode = (text: string): string | undefined => industries.find(([, pattern]) => pattern.test(text))?.[0];

const sources: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['referral', /\brefer|\breference|recommend|word of mouth|empfehlung/i],
  ['trade-show', /trade ?-?shows?|\b(expo|exhibition|fair|messe|conference|booth)\b/i],
  ['webinar', /webinar/i],
  ['co-registration', /co-?\s?reg/i],
  ['free-promotion', /free[- ]promo|promotion/i],
  ['landing-page', /landing[- ]page/i],
  ['white-paper', /white[- ]?paper/i],
  ['bought-list', /(bought|purchased|rented)[- ]list|list (purchase|broker)/i],
]; // prettier-ignore

/** Sources that are recognized in other words, too; any other plain name is a source of its own. */
export const sourceCodes: readonly string[] = sources.map(([code]) => code);

/** At most three plain words become a code of their own; longer texts could be anything and are `other`. */
export function sourceCode(text: string): string {
  const known = sources.find(([, pattern]) => pattern.test(text))?.[0];
  if (known !== undefined) return known;
  const slug = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const plain = slug !== '' && slug.length <= 32 && slug.split('-').length <= 3 && !/\d{5}/.test(slug) && !text.includes('@');
  return plain ? slug : 'other';
}
