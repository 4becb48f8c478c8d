/** Leads of the tests: people with names, so that a test reads like a tale. The ids are all a lead's workflow knows of them. */

export const people = {
  ada: {
    leadId: 'lead-ada',
    traits: {
      source: 'landing-page',
      industry: 'software',
      seniority: 'head',
      size: 'm',
      country: 'GB',
      zone: 'Europe/London',
      language: 'en',
    },
  },
  ben: {
    leadId: 'lead-ben',
    traits: {
      source: 'co-registration',
      industry: 'retail',
      seniority: 'staff',
      size: 's',
      country: 'US',
      zone: 'America/New_York',
      language: 'en',
    },
  },
  chloe: {
    leadId: 'lead-chloe',
    traits: {
      source: 'webinar',
      industry: 'software',
      seniority: 'c-level',
      size: 'l',
      country: 'FR',
      zone: 'Europe/Paris',
      language: 'fr',
    },
  },
  dmitri: {
    leadId: 'lead-dmitri',
    traits: { source: 'referral', industry: 'finance', size: 'm', country: 'DE', zone: 'Europe/Berlin', language: 'de' },
  },
  /** Nothing is known of Eve but that she exists. */
  eve: { leadId: 'lead-eve', traits: {} },
  /** Fatima buys already. */
  fatima: { leadId: 'lead-fatima', traits: { source: 'existing-customer', customer: true, zone: 'Europe/London', language: 'en' } },
} as const;

export const reps = { rosa: 'rep-rosa', sam: 'rep-sam', tara: 'rep-tara' } as const;
