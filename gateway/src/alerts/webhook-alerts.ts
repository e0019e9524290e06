import type { AccountEvent } from '../../../src/types';
import type { Alerts } from './alerter';
import type { Alert, AlertCode, Details } from './catalog';

/** So many wrong signatures within so many milliseconds are an alert. */
const MOST_INVALID = 10;
const WINDOW = 10 * 60_000;

/** Counts wrong signatures, and raises an alert when there are too many. */
export function watchSignatures(
  alerts: Pick<Alerts, 'raise'>,
  now: () => number = () => performance.now(),
): () => void {
  let invalid: number[] = [];
  return () => {
    invalid = invalid.filter(time => now() - time < WINDOW);
    invalid.push(now());
    if (invalid.length < MOST_INVALID) return;
    const count = invalid.length;
    alerts.raise({ code: 'SIGNATURES_INVALID', subject: 'webhook', count });
    invalid = [];
  };
}

/** The alert in news of an account, if it is worth one. */
export function alertOf(event: AccountEvent): Alert | undefined {
  return READERS[event.field]?.(event);
}

type Reader = (event: AccountEvent) => Alert | undefined;

const READERS: Record<string, Reader | undefined> = {
  account_update: readAccountUpdate,
  account_review_update: event =>
    event['decision'] === 'REJECTED'
      ? accountAlert('ACCOUNT_RESTRICTED', event, ['decision'])
      : undefined,
  phone_number_quality_update: readNumber,
  business_capability_update: event => ({
    code: 'NUMBER_LIMIT_CHANGED',
    subject: accountOf(event),
    details: pick(event, ['max_daily_conversations_per_business']),
  }),
  message_template_status_update: readTemplate,
};

const RESTRICTIONS = new Set([
  'ACCOUNT_DELETED',
  'ACCOUNT_OFFBOARDED',
  'ACCOUNT_RESTRICTION',
  'ACCOUNT_VIOLATION',
  'DISABLED_UPDATE',
]);

function readAccountUpdate(event: AccountEvent): Alert | undefined {
  const { event: name } = event;
  const details = {
    ...pick(event, ['event']),
    ...pick(event['ban_info'], ['waba_ban_state']),
    ...pick(event['violation_info'], ['violation_type']),
    ...restrictionsOf(event['restriction_info']),
  };
  const isLifted =
    name === 'ACCOUNT_RECONNECTED' || details['waba_ban_state'] === 'REINSTATE';
  const subject = accountOf(event);
  if (isLifted) return { code: 'ACCOUNT_REINSTATED', subject, details };
  if (typeof name !== 'string' || !RESTRICTIONS.has(name)) return undefined;
  return { code: 'ACCOUNT_RESTRICTED', subject, details };
}

/** Meta lists them; it documented a single one before. */
function restrictionsOf(info: unknown): Details {
  const types = [info]
    .flat()
    .map(one => pick(one, ['restriction_type'])['restriction_type'])
    .filter(type => type !== undefined);
  return types.length > 0 ? { restrictions: types.join(' ') } : {};
}

function accountAlert(
  code: AlertCode,
  event: AccountEvent,
  names: string[],
): Alert {
  return { code, subject: accountOf(event), details: pick(event, names) };
}

/** `FLAGGED` and `UNFLAGGED` are about quality, the rest about limits. */
function readNumber(event: AccountEvent): Alert {
  const isQuality = /FLAGGED$/.test(String(event.event));
  return {
    code: isQuality ? 'NUMBER_QUALITY_CHANGED' : 'NUMBER_LIMIT_CHANGED',
    subject: numberOf(event),
    details: pick(event, [
      'event',
      'old_limit',
      'current_limit',
      'max_daily_conversations_per_business',
    ]),
  };
}

const TEMPLATE_ALERTS: Record<string, AlertCode | undefined> = {
  REJECTED: 'TEMPLATE_REJECTED',
  PAUSED: 'TEMPLATE_PAUSED',
  FLAGGED: 'TEMPLATE_PAUSED',
  DISABLED: 'TEMPLATE_PAUSED',
};

function readTemplate(event: AccountEvent): Alert | undefined {
  const code = TEMPLATE_ALERTS[String(event.event)];
  if (code === undefined) return undefined;
  const name = String(event['message_template_name']);
  return {
    code,
    subject: /^[a-z0-9_]{1,512}$/.test(name) ? name : 'of an unknown name',
    details: pick(event, ['event', 'reason', 'message_template_language']),
  };
}

const accountOf = ({ wabaId }: AccountEvent) => wabaId ?? 'of an unknown ID';

/** Meta names a number by its digits; the last four tell an operator which of theirs it is. */
function numberOf(event: AccountEvent): string {
  const shown = event['display_phone_number'];
  if (event.phoneNumberId !== undefined) return event.phoneNumberId;
  const digits = typeof shown === 'string' ? shown.replace(/\D/g, '') : '';
  return digits.length > 4 ? `…${digits.slice(-4)}` : accountOf(event);
}

/** Of these fields those that are codes or numbers; what somebody wrote stays out. */
function pick(from: unknown, names: string[]): Details {
  const object = (from ?? {}) as Record<string, unknown>;
  const entries = names
    .map(name => [name, object[name]] as const)
    .filter(([, value]) => isCode(value));
  return Object.fromEntries(entries) as Details;
}

function isCode(value: unknown): value is string | number {
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    typeof value === 'string' && /^([A-Za-z][\w-]{0,79}|\d{1,6})$/.test(value)
  );
}
