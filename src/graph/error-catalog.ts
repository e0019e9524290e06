import rows from './error-codes.json';

/** What is known about one of Meta's error codes. */
export type CatalogRow = {
  code: number | string;
  category: string;
  /**
   * Whom it affects besides this one message: `everyone` until a person helps, all
   * for a while because of the `rate`, every message of this `template`, this
   * `person` only. `job`: its own code has to be corrected.
   */
  scope?: 'everyone' | 'rate' | 'template' | 'person' | 'job';
  what: string;
  fix: string;
  /** The same call can succeed later. */
  retryable?: boolean;
  /** `resend`: surely refused, so it may be sent again. `unknown`: it may have gone out. */
  outcome?: string;
  /** Seconds after which a further try makes sense. */
  wait?: number;
};

const single = new Map<number, CatalogRow>();
const ranges: { from: number; to: number; row: CatalogRow }[] = [];
for (const row of rows as CatalogRow[]) {
  if (typeof row.code === 'number') single.set(row.code, row);
  else {
    const [from = 0, to = 0] = row.code.split('-').map(Number);
    ranges.push({ from, to, row });
  }
}

/** The row of a code, or of the range that it lies in. */
export function lookUp(code: number | undefined): CatalogRow | undefined {
  if (code === undefined) return undefined;
  return (
    single.get(code) ??
    ranges.find(({ from, to }) => code >= from && code <= to)?.row
  );
}

/** Our code for each category of Meta's codes. */
export const CODES: Record<string, string> = {
  account: 'ACCOUNT_NOT_READY',
  authorization: 'NOT_AUTHORIZED',
  block_users: 'BLOCK_LIST_REFUSED',
  calling: 'CALL_REFUSED',
  flow: 'FLOW_REFUSED',
  general: 'REQUEST_REFUSED',
  groups: 'GROUP_REFUSED',
  inbound: 'MESSAGE_UNREADABLE',
  integrity: 'ACCOUNT_RESTRICTED',
  marketing_messages: 'MARKETING_REFUSED',
  media: 'MEDIA_REFUSED',
  paging: 'CURSOR_INVALID',
  payments: 'PAYMENT_REFUSED',
  phone_migration: 'MIGRATION_REFUSED',
  recipient: 'RECIPIENT_REFUSED',
  registration: 'REGISTRATION_REFUSED',
  signups: 'SIGNUP_REFUSED',
  sync: 'SYNC_REFUSED',
  template: 'TEMPLATE_REFUSED',
  template_creation: 'TEMPLATE_REFUSED',
  template_insights: 'INSIGHTS_REFUSED',
  throttling: 'RATE_LIMITED',
  username: 'USERNAME_REFUSED',
  validation: 'REQUEST_REFUSED',
  waba: 'ACCOUNT_NOT_READY',
};

/** The 2388xxx codes and their like come as the subcode of code 100. */
export function rowOf({
  code,
  subcode,
}: {
  code?: number | undefined;
  subcode?: number | undefined;
}): CatalogRow | undefined {
  // As a subcode, 0 says nothing; as a code it says that the token has ended.
  return (
    (code === 100 && subcode ? lookUp(subcode) : undefined) ?? lookUp(code)
  );
}
