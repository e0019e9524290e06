import { buildMessage } from '../../../../src/messages/message';
import { throws } from '../../../rejects';

export const body = { text: 'Which one?' };

/** Builds the message of an interactive content. */
export const send = (interactive: object) =>
  buildMessage('+254700000001', { interactive });

/** What is said of an interactive content that is refused. */
export const refused = (interactive: object): string =>
  throws(() => send(interactive), { code: 'INVALID_MESSAGE' }).description;

/** A list of so many made things. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
