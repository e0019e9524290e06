import type { Json } from '../checks/rules';
import { metaError } from '../core/errors';

/** A number, and what hangs on it. */
export interface NumberState {
  /** What Graph shows of it. */
  shown: Json & { id: string };
  pin?: string;
  /** The code that was "sent", if one was asked for. */
  code?: string;
  /** When it was registered or taken off. */
  tries: number[];
  profile: Json;
  /** By number in digits, or by user ID. */
  blocked: Map<string, Json>;
}

export const DEFAULT_NUMBER = '100000000000001';

const HOURS_72 = 72 * 60 * 60 * 1000;
const MOST_TRIES = 10;

/** The numbers of all accounts. Any digits are one: verified and connected, until something else is said. */
export class NumberStore {
  private readonly numbers = new Map<string, NumberState>();

  constructor() {
    this.clear();
  }

  of(id: string): NumberState {
    return this.numbers.get(id) ?? this.add({ id });
  }

  has(id: string): boolean {
    return this.numbers.has(id);
  }

  all(): NumberState[] {
    return [...this.numbers.values()];
  }

  add({ id, ...shown }: Json & { id: string }): NumberState {
    const added: NumberState = {
      shown: { ...shownBy(id), ...shown, id },
      tries: [],
      profile: { about: 'Hope Clinic', vertical: 'HEALTH' },
      blocked: new Map(),
    };
    this.numbers.set(id, added);
    return added;
  }

  clear(): void {
    this.numbers.clear();
    this.add({ id: DEFAULT_NUMBER });
  }
}

const shownBy = (id: string): Json => ({
  display_phone_number: `+1 555 0${id.slice(-3)}`,
  verified_name: 'Hope Clinic',
  status: 'CONNECTED',
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  name_status: 'APPROVED',
  platform_type: 'CLOUD_API',
  throughput: { level: 'STANDARD' },
  whatsapp_business_manager_messaging_limit: 'TIER_250',
  health_status: {
    can_send_message: 'AVAILABLE',
    entities: [
      { entity_type: 'PHONE_NUMBER', id, can_send_message: 'AVAILABLE' },
    ],
  },
});

/** Meta counts what is registered and taken off, and locks the number for a while. */
function countTry(number: NumberState) {
  const now = Date.now();
  number.tries = number.tries.filter(each => each > now - HOURS_72);
  if (number.tries.length >= MOST_TRIES)
    throw metaError(133016, 'Wait 72 hours before the next try.');
  number.tries.push(now);
}

export function register(number: NumberState, pin: string): void {
  countTry(number);
  if (number.shown.code_verification_status !== 'VERIFIED')
    throw metaError(133006, 'Verify the number first.');
  if (number.pin !== undefined && number.pin !== pin)
    throw metaError(133005, 'The PIN is another one.');
  number.pin = pin;
  number.shown.status = 'CONNECTED';
}

export function deregister(number: NumberState): void {
  countTry(number);
  number.shown.status = 'DISCONNECTED';
}

/** Any six digits are right but 000000, unless a code was asked for: then that one. */
export function verify(number: NumberState, code: string): void {
  const isRight =
    number.code === undefined ? code !== '000000' : code === number.code;
  if (!isRight) throw metaError(136025, 'The code is another one.');
  delete number.code;
  number.shown.code_verification_status = 'VERIFIED';
}

/** Refuses a send from a number that cannot send, or to a person it has blocked. */
export function checkSender(number: NumberState, recipient: string): void {
  if (number.shown.status !== 'CONNECTED')
    throw metaError(133010, 'The number is not registered.');
  if (number.blocked.has(recipient))
    throw metaError(130403, 'Unblock the person first.');
}
