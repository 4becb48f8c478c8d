/** What is known of a person, as lists and stores speak of it. Knows no database. */

/** Texts as people wrote them, repaired. */
export const profileTexts = {
  firstName: 'first_name',
  lastName: 'last_name',
  name: 'name',
  company: 'company',
  title: 'title',
  industry: 'industry',
  employees: 'employees',
  website: 'website',
  phone: 'phone',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
  zone: 'zone',
  language: 'language',
  interest: 'interest',
  purchase: 'purchase',
  source: 'source',
} as const;
export type ProfileText = keyof typeof profileTexts;
export const textNames = Object.keys(profileTexts) as readonly ProfileText[];

export type Profile = { readonly [F in ProfileText]?: string } & {
  /** The zone was guessed from the country. */
  readonly zoneGuessed?: boolean;
  readonly customer?: boolean;
  /** Columns of the list that we do not know, as they were. */
  readonly extra?: Readonly<Record<string, string>>;
};

/** As the person is called; absent where no name is known. */
export function fullName({ name, firstName, lastName }: Profile): string | undefined {
  const parts = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return name ?? (parts === '' ? undefined : parts);
}
