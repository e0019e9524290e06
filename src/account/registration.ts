import * as v from 'valibot';
import { change, succeeded } from './change';
import type { Client } from '../core/client';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { nameOf } from '../core/values';
import { oneOf, withRules, text } from '../schema/rules';
import type { Rule } from '../schema/rules';
import type {
  NumberOptions,
  RegistrationOptions,
  VerificationOptions,
} from '../types';
import { deliveryOf, readAccountOptions, refuseEmpty } from './options';
import type { OptionSchemas } from './options';
import { numberOf } from './phone-numbers';

// The ladder that a new number climbs: ask for a code, give it, register.
// None of its steps may be repeated blindly: codes are good for once, and
// registering too often locks the number for three days.

const REGION: Rule = {
  summary: 'two capital letters',
  isValid: (region: string) => /^[A-Z]{2}$/.test(region),
  message: 'is not the code of a country',
  fix: 'Write it as in DE, IN or ZA.',
};

const anything = v.unknown();

/** The options of a step. The number of the credential is never meant when another one is missing. */
function readStepOptions<Options extends NumberOptions>(
  given: unknown,
  schemas: OptionSchemas = {},
): Options {
  refuseEmpty(given, 'phoneNumberId');
  return readAccountOptions<Options>(given, {
    phoneNumberId: anything,
    ...schemas,
  });
}

/** Lets WhatsApp send a code to the number, to prove whose it is. */
export async function askForCode(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readStepOptions<VerificationOptions>(given, {
    method: oneOf('SMS', 'VOICE'),
    language: text(),
  });
  const { method = 'SMS', language = 'en_US' } = options;
  const body = { code_method: method, language };
  const look = 'see whether the code comes, before you ask for another.';
  return climb(client, 'request_code', body, options, look);
}

/** Gives the code that came. */
export async function submitCode(
  { client }: Context,
  given: unknown,
  givenOptions: unknown,
): Promise<Result> {
  const options = readStepOptions<NumberOptions>(givenOptions);
  const body = { code: readSixDigits(given, 'The code') };
  const look = 'getPhoneNumber shows in code_verification_status how it went.';
  return climb(client, 'verify_code', body, options, look);
}

/** Registers the number, so that it can send. */
export async function register(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readStepOptions<RegistrationOptions>(given, {
    pin: anything,
    dataLocalizationRegion: withRules(text(), REGION),
  });
  const { dataLocalizationRegion: region } = options;
  const body = {
    messaging_product: 'whatsapp',
    pin: readSixDigits(options.pin, 'The option pin'),
    ...(region !== undefined && { data_localization_region: region }),
  };
  const look =
    'getPhoneNumber shows in status how it went; 10 tries in 72 hours are allowed.';
  return climb(client, 'register', body, options, look);
}

/** Takes the number off the Cloud API. */
export async function deregister(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readStepOptions<NumberOptions>(given);
  const look =
    'getPhoneNumber shows in status how it went; 10 tries in 72 hours are allowed.';
  return climb(client, 'deregister', undefined, options, look);
}

/** One step of the ladder. */
async function climb(
  client: Client,
  step: string,
  body: object | undefined,
  options: NumberOptions,
  look: string,
): Promise<Result> {
  const parts = [numberOf(client, options.phoneNumberId), step];
  const call = { method: 'POST', parts, body, ...deliveryOf(options) };
  return succeeded(await change(client, call, look));
}

/** Six digits, however a person writes them. Of a number, zeros at its beginning are lost. */
function readSixDigits(given: unknown, at: string): string {
  const digits =
    typeof given === 'number' || typeof given === 'string'
      ? String(given).replace(/[\s-]/g, '')
      : undefined;
  if (digits !== undefined && /^\d{6}$/.test(digits)) return digits;
  return refuse(
    'INVALID_CODE',
    `${at} is ${digits === undefined ? nameOf(given) : 'not six digits'}.`,
    'Give its six digits as text: a number loses zeros at its beginning.',
  );
}
