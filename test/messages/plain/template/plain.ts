import { expect } from 'chai';
import type { WhatsAppError } from '../../../../src/core/errors';
import { buildTemplate } from '../../../../src/messages/plain/template/template';
import { throws } from '../../../rejects';

export const TO = '+254700000001';

/** What people wrote: no error may repeat it. */
export const PRIVATE = 'Zawadi';

export type Part = { type: string; [field: string]: unknown };

/** The template of a message from plain arguments, as it goes to Meta. */
export const templateOf = (values?: unknown, options?: unknown) =>
  buildTemplate(TO, 'visit', values, options).body['template'] as {
    name: string;
    language: { code: string };
    components?: Part[];
  };

export const componentsOf = (values?: unknown, options?: unknown) =>
  templateOf(values, options).components;

/** The texts that fill the body. */
export const textsOf = (values: unknown) =>
  (componentsOf(values)?.[0]?.['parameters'] as { text: string }[]).map(
    ({ text }) => text,
  );

/** Expects a refusal before the network that says what is wrong and what to do. */
export function refuses(
  run: () => unknown,
  description: string,
  fix: string | RegExp = /./,
  code = 'INVALID_TEMPLATE',
): WhatsAppError {
  const error = throws(run, {
    code,
    description,
    sent: 'no',
    retryable: false,
  });
  expect(error.fix).to.match(/^[A-Z].*\.$/);
  if (typeof fix === 'string') expect(error.fix).to.equal(fix);
  else expect(error.fix).to.match(fix);
  expect(`${error.message} ${JSON.stringify(error)}`).not.to.include(PRIVATE);
  return error;
}

/** The same, for values and options of one template. */
export const refusesValues = (
  values: unknown,
  description: string,
  fix?: string | RegExp,
) => refuses(() => templateOf(values), description, fix);

export const refusesOptions = (
  options: unknown,
  description: string,
  fix?: string | RegExp,
) => refuses(() => templateOf(null, options), description, fix);
