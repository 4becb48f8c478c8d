/** The time zone of somebody: as the list names it, or guessed from where they are. Knows no clock. */
import { countryCode, zoneNamed, zoneOfCountry } from './countries';
import type { Profile } from './profile';

/** Zone of the profile, or guessed from where the person is. */
export function zoneOf(
  profile: Pick<Profile, 'zone' | 'country' | 'region'>,
): { readonly zone: string; readonly guessed: boolean } | undefined {
  const named = profile.zone === undefined ? undefined : zoneNamed(profile.zone);
  if (named !== undefined) return { zone: named, guessed: false };
  const country = profile.country === undefined ? undefined : countryCode(profile.country);
  const guessed = country === undefined ? undefined : zoneOfCountry(country, profile.region);
  return guessed === undefined ? undefined : { zone: guessed, guessed: true };
}
