/** Phone numbers as people write them to E.164. Knows no store. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** `country`: ISO code by which a national number is read. `undefined` where no number of a possible length is found. */
export function parsePhone(text: string, country?: string): string | undefined {
  const dialled = text.replace(/^\s*00(?=[1-9])/, '+').replace('(0)', ' ');
  const number = parsePhoneNumberFromString(
    dialled,
    country === undefined ? {} : { defaultCountry: country as CountryCode, extract: true },
  );
  return number?.isPossible() === true ? number.number : undefined;
}
