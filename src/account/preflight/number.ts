import { blockedBy, fine, limitsIn, wrong } from './finding';
import type { Finding } from './finding';
import type { Client } from '../../core/client';
import { sendRequest } from '../../graph/send-request';
import { refuse } from '../../core/errors';
import { isObject, ownOf } from '../../core/values';
import type { AccountOptions, PhoneNumber } from '../../types';
import { deliveryOf } from '../options';
import { FIELDS } from '../phone-numbers';

/** People to whom a number may write in 24 hours outside the window, by Meta's word. */
const REACH: Record<string, number> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Infinity,
};

const REGISTER = 'Register it with registerPhoneNumber.';

/** Where a registration helps; elsewhere it would use up one of ten tries. */
const FIXES: Record<string, string> = {
  DISCONNECTED: REGISTER,
  PENDING: REGISTER,
  UNVERIFIED: `Verify it with requestVerificationCode and verifyCode. ${REGISTER}`,
};

export async function readNumber(
  client: Client,
  options: AccountOptions,
): Promise<PhoneNumber> {
  const id = client.id('phoneNumberId');
  const { body } = await sendRequest(client, {
    method: 'GET',
    parts: [id],
    query: { fields: FIELDS },
    ...deliveryOf(options),
  });
  return { ...(isObject(body) && body), id };
}

/** Whether the number is registered and allowed to send. */
export function judgeNumber(number: PhoneNumber, sent?: unknown): Finding {
  const { status, health_status: health } = number;
  if (status !== undefined && status !== 'CONNECTED') {
    return wrong(
      `The number is ${status}, not CONNECTED.`,
      ownOf(FIXES, status) ??
        'Look in WhatsApp Manager why, and follow what it asks for.',
    );
  }
  return blockedBy(health, sent) ?? fine(describe(number, sent));
}

function describe(number: PhoneNumber, sent: unknown): string {
  const facts = [
    number.status ?? 'registered',
    number.quality_rating && `quality ${number.quality_rating}`,
    limitOf(number),
    number.throughput?.level && `throughput ${number.throughput.level}`,
    ...limitsIn(number['health_status'], sent),
  ];
  return `The number is ${facts.filter(Boolean).join(', ')}.`;
}

/** Whether the number may write to so many people today. */
export function judgeReach(number: PhoneNumber, recipients: number): Finding {
  const limit = limitOf(number);
  const most = ownOf(REACH, limit ?? '');
  if (most === undefined) {
    return fine('Meta does not tell to how many people the number may write.');
  }
  const people = most === Infinity ? 'any number of' : most;
  const detail = `The number may write to ${people} people in 24 hours; ${recipients} are planned.`;
  return recipients <= most
    ? fine(detail)
    : wrong(
        detail,
        'Spread the messages over several days; Meta raises the limit when quality is good.',
      );
}

function limitOf(number: PhoneNumber): string | undefined {
  const limit =
    number.whatsapp_business_manager_messaging_limit ??
    number['messaging_limit_tier'];
  return typeof limit === 'string' ? limit : undefined;
}

/** Refuses when the number cannot write to so many people today, before anybody is written to. */
export async function checkSendingLimit(
  client: Client,
  people: number,
): Promise<void> {
  const number = await readNumber(client, {});
  refuseUnless('NUMBER_NOT_READY', judgeNumber(number, client.secrets));
  refuseUnless('LIMIT_TOO_LOW', judgeReach(number, people));
}

function refuseUnless(code: string, { ok, detail, fix = '' }: Finding): void {
  if (!ok) refuse(code, detail, fix);
}
