import { pathTo } from './request';
import { refuseOnPremises } from '../core/configuration';
import type { Client } from '../core/client';
import { refuse } from '../core/errors';
import { bodyOf } from './content';
import type { Content } from './content';
import { multipart } from './multipart';
import type { Part } from './url';

// The operations make bodies for the Cloud API. What another API calls
// otherwise is put into its words here.

type UploadedFile = { type: string; filename: string; content: Content };

/** Where a path that is not said to be absolute begins. */
export const startOf = (client: Client): string[] =>
  client.isOnPremises ? [] : [client.id('phoneNumberId')];

/** The parts of a path that a job wrote: at the version with a leading slash, else below the number. */
export function placeOf(
  client: Client,
  isAtVersion: boolean,
  parts: Part[],
): Part[] {
  if (!isAtVersion) return [...startOf(client), ...parts];
  const [first] = parts;
  const isAlone = parts.length === 1 && typeof first === 'string';
  if (isAlone && OF_NUMBER.has(first) && !client.isOnPremises) {
    refuse(
      'INVALID_PATH',
      `With its leading slash, the path /${first} is not below the phone number.`,
      `Write '${first}', without the slash.`,
    );
  }
  return parts;
}

/** What stands below a number only; jobs of 1.x wrote a slash before it. */
const OF_NUMBER = new Set(['messages', 'media']);

/** The request that uploads a file: a form, or at another API than Meta's its bytes alone. */
export const uploadFor = (
  client: Client,
  { type, filename, content }: UploadedFile,
) => ({
  method: 'POST',
  parts: [...startOf(client), 'media'],
  body: client.isOnPremises
    ? bodyOf(content, type)
    : multipart([
        { name: 'messaging_product', value: 'whatsapp' },
        { name: 'type', value: type },
        { name: 'file', filename, type, content },
      ]),
});

/** A request about a media that is there. */
export function mediaFor(
  client: Client,
  method: string,
  id: string,
  phoneNumberId?: string,
) {
  if (!client.isOnPremises) {
    const query = { phone_number_id: phoneNumberId };
    return { method, parts: [id], query };
  }
  refuseNumber(phoneNumberId);
  return { method, parts: ['media', id] };
}

/** The address of a media at an API that gives the bytes there; Meta has to be asked for it. */
export function addressOfMedia(
  client: Client,
  id: string,
  phoneNumberId?: string,
): string | undefined {
  if (!client.isOnPremises) return undefined;
  refuseNumber(phoneNumberId);
  const base = client.base;
  return base.origin + pathTo(base, 'media', id);
}

function refuseNumber(phoneNumberId: string | undefined): void {
  if (phoneNumberId === undefined) return;
  refuseOnPremises('has but one number: leave out the option phoneNumberId');
}
