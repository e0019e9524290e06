import { refuse } from '../../../core/errors';
import { noEmoji } from '../../../schema/constraints';
import { text, withRules } from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import type { OneTimePasswordOptions } from '../../../types';
import { sendOptions } from '../../send-options';
import type { OutgoingMessage } from '../../message';
import { LIMITS } from '../../kinds/limits';
import { checkTemplate, readSingleLine, refuseTemplate } from './fields';
import { buildTemplate } from './template';
import { readOptions } from '../../../core/arguments';

const optionNames = [
  'language',
  ...sendOptions,
] as const satisfies (keyof OneTimePasswordOptions)[];

const noAddress: Rule = {
  summary: 'no address',
  isValid: (code: string) => !code.includes('://'),
  message: 'is an address, which is not allowed here',
  fix: 'Give the code alone.',
};

const password = withRules(
  text(LIMITS.template.oneTimePassword),
  noEmoji,
  noAddress,
);

/**
 * A message with an authentication template. The code goes out twice, in the
 * text and in the button: Meta calls it the end of an address even in a button
 * that copies the code.
 */
export function buildOneTimePassword(
  to: unknown,
  template: unknown,
  code: unknown,
  rawOptions: unknown,
): OutgoingMessage<OneTimePasswordOptions> {
  const options = readOptions<OneTimePasswordOptions>(rawOptions, optionNames);
  const text = readPassword(code);
  const outgoing = buildTemplate(to, template, [text], {
    ...options,
    buttons: [{ url: text }],
  });
  refuseUserId(outgoing.body);
  return { ...outgoing, options };
}

function readPassword(code: unknown): string {
  refuseInexact(code);
  const singleLine = readSingleLine(code, 'code');
  checkTemplate(password, singleLine, 'code');
  return singleLine;
}

function refuseInexact(code: unknown): void {
  if (typeof code !== 'number') return;
  if (Number.isSafeInteger(code) && code >= 0) return;
  refuseTemplate(
    'code is a number that is no code.',
    'Keep the code as text all the way: a number loses zeros at its beginning, and digits when it is long.',
  );
}

/** Meta would answer with 131062. */
function refuseUserId(body: Record<string, unknown>): void {
  if (body['recipient'] === undefined) return;
  refuse(
    'INVALID_RECIPIENT',
    'The recipient is a business-scoped user ID, to which WhatsApp sends no one-time password.',
    'Send it to the phone number of the person.',
  );
}
