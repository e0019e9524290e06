import { expect } from 'chai';
import type { OutgoingMessage } from '../../../src/messages/message';
import { throws } from '../../rejects';

export const to = '+254700000001';

/** Expects this message and no other, to the letter. */
export function expectBody(
  { body }: OutgoingMessage,
  type: string,
  content: unknown,
) {
  expect(JSON.stringify(body)).to.equal(
    JSON.stringify({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to,
      type,
      [type]: content,
    }),
  );
}

/** What is said of a content that is refused. */
export const refusal = (build: () => OutgoingMessage): string =>
  throws(build, { code: 'INVALID_MESSAGE' }).description;
