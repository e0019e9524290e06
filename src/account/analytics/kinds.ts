// What Meta counts, and how it is asked for. Names of Meta's stand here once.

/** Filters and dimensions: our option, and Meta's name for it. */
const PHONE_NUMBERS = { phoneNumbers: 'phone_numbers' };
const COUNTRIES = { countryCodes: 'country_codes' };
const METRICS = { metricTypes: 'metric_types' };
const DIMENSIONS = { dimensions: 'dimensions' };

/** A kind of analytics. */
export type Kind = {
  /** The field of the account, or the edge when `isEdge`. */
  field: string;
  isEdge?: boolean;
  /** By the unit of time; the first one is the default. */
  granularities: readonly string[];
  filters: Readonly<Record<string, string>>;
  /** Days that Meta looks back. */
  lookback: number;
};

const YEAR = 366;

export const KINDS = {
  messages: {
    field: 'analytics',
    granularities: ['DAY', 'HALF_HOUR', 'MONTH'],
    filters: {
      ...PHONE_NUMBERS,
      ...COUNTRIES,
      productTypes: 'product_types',
    },
    lookback: YEAR,
  },
  conversations: {
    field: 'conversation_analytics',
    granularities: ['DAILY', 'HALF_HOUR', 'MONTHLY'],
    filters: {
      ...PHONE_NUMBERS,
      ...METRICS,
      ...DIMENSIONS,
      conversationCategories: 'conversation_categories',
      conversationTypes: 'conversation_types',
      conversationDirections: 'conversation_directions',
    },
    lookback: YEAR,
  },
  pricing: {
    field: 'pricing_analytics',
    granularities: ['DAILY', 'HALF_HOUR', 'MONTHLY'],
    filters: {
      ...PHONE_NUMBERS,
      ...COUNTRIES,
      ...METRICS,
      ...DIMENSIONS,
      pricingTypes: 'pricing_types',
      pricingCategories: 'pricing_categories',
    },
    lookback: YEAR,
  },
  templates: {
    field: 'template_analytics',
    isEdge: true,
    granularities: ['DAILY'],
    filters: { templateIds: 'template_ids', ...METRICS },
    lookback: 90,
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
