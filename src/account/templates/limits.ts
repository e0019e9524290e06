// Meta's limits of a template's definition, each written once. Those of a
// filled-in template are in messages/kinds/limits.ts.

export const DEFINITION = {
  footer: 60,
  buttonText: 25,
  urlButtons: 2,
  phoneButtons: 1,
  codeButtons: 1,
  phone: 20,
  /** Minutes for which a one-time password is good. */
  expiration: { least: 1, most: 90 },
  /** Seconds for which WhatsApp tries to deliver, by category; -1 is 30 days. */
  timeToLive: {
    AUTHENTICATION: { least: 30, most: 900 },
    UTILITY: { least: 30, most: 43200 },
    MARKETING: { least: 43200, most: 2592000 },
  },
} as const;

export const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;
export type Category = (typeof CATEGORIES)[number];
