import * as v from 'valibot';
import type { Accepts, FileUpload } from './upload';
import { change, succeeded } from './change';
import { check } from '../schema/check';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, lengthOf, objectsIn } from '../core/values';
import { sendRequest } from '../graph/send-request';
import { factsOf } from '../graph/request';
import { readOptions } from '../core/arguments';
import { anyText, list, oneOf, withRules, webLink } from '../schema/rules';
import type { Rule } from '../schema/rules';
import type { AccountOptions } from '../types';
import { deliveryOf, readAccountOptions, readTextOptions } from './options';

// The business profile: what people see who open the chat's name.

const FIELDS =
  'about,address,description,email,profile_picture_url,websites,vertical';
const VERTICALS =
  'OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS'.split(
    ' ',
  ) as [string, ...string[]];
const PICTURE: Accepts = {
  kind: 'image',
  types: ['image/jpeg', 'image/png'],
};

/** Text that may be empty, which takes away what was there. */
const upTo = (max: number) => {
  const short: Rule = {
    summary: `at most ${max}`,
    isValid: (words: string) => lengthOf(words) <= max,
    message: `has more than ${max} characters, which is the most that WhatsApp takes`,
    fix: 'Shorten it.',
  };
  return withRules(anyText(), short);
};

const written: Rule = {
  summary: 'not empty',
  isValid: (words: string) => words.trim() !== '',
  message: 'is empty, which WhatsApp refuses',
  fix: 'Write some text, or leave it out.',
};

const schemas: Record<string, v.GenericSchema> = {
  about: withRules(upTo(139), written),
  address: upTo(256),
  description: upTo(512),
  email: upTo(128),
  vertical: oneOf(...VERTICALS),
  websites: list(v.pipe(webLink(), upTo(256)), 0, 2),
  profile_picture_handle: anyText(),
};

/** The profile of the number. */
export async function readBusinessProfile(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  const answer = await sendRequest(client, {
    method: 'GET',
    parts: partsFor(client.id('phoneNumberId')),
    query: { fields: FIELDS },
    ...deliveryOf(options),
  });
  const [first = {}] = objectsIn(
    isObject(answer.body) ? answer.body['data'] : undefined,
  );
  // Meta's schema nests it once more than Meta's pages.
  const nested = first['business_profile'];
  const { messaging_product: _, ...profile } = isObject(nested)
    ? nested
    : first;
  return { data: profile, response: factsOf(answer) };
}

/** Changes what is given of the profile; the rest stays. */
export const updateBusinessProfileWith =
  ({ readWhole, uploadForHandle }: FileUpload) =>
  async (
    context: Context,
    given: unknown,
    givenOptions: unknown,
  ): Promise<Result> => {
    const { client } = context;
    const options = readTextOptions(context, givenOptions);
    const parts = partsFor(client.id('phoneNumberId'));
    const { picture, ...changes } = readChanges(given);
    const body: Record<string, unknown> = {
      messaging_product: 'whatsapp',
      ...changes,
    };
    if (picture !== undefined) {
      const file = await readWhole(picture, 'picture', PICTURE, options);
      body['profile_picture_handle'] = await uploadForHandle(
        client,
        file,
        options,
      );
    }
    // To set the same once more does no harm.
    const isIdempotent = true;
    const answer = await change(
      client,
      { method: 'POST', parts, body, isIdempotent, ...deliveryOf(options) },
      'getBusinessProfile shows how it went.',
    );
    return succeeded(answer);
  };

function readChanges(given: unknown): Record<string, unknown> {
  const known = [...Object.keys(schemas), 'picture'];
  const changes = readOptions<Record<string, unknown>>(given, known);
  const present = Object.entries(changes).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  if (present.length === 0) {
    refuse(
      'INVALID_PROFILE',
      'There is nothing to change of the profile.',
      `Give at least one of ${known.join(', ')}.`,
    );
  }
  for (const [name, value] of present) {
    const schema = schemas[name];
    if (schema) check(schema, value, name, { code: 'INVALID_PROFILE' });
  }
  return Object.fromEntries(present);
}

const partsFor = (phoneNumberId: string) => [
  phoneNumberId,
  'whatsapp_business_profile',
];
