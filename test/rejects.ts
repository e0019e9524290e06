import { expect } from 'chai';
import { WhatsAppError } from '../src/core/errors';

/** The error of a promise, which has to fail with these properties. */
export async function rejects(
  promise: Promise<unknown>,
  expected: Partial<WhatsAppError> = {},
): Promise<WhatsAppError> {
  const error = await promise.then(
    () => expect.fail('nothing was thrown'),
    (thrown: unknown) => thrown as WhatsAppError,
  );
  expect(error, String(error)).to.include({
    ...expected,
    name: 'WhatsAppError',
  });
  return error;
}

/** The error that a function throws, which has to have these properties. */
export function throws(
  run: () => unknown,
  expected: Partial<WhatsAppError> = {},
): WhatsAppError {
  let error: unknown;
  try {
    run();
  } catch (thrown) {
    error = thrown;
  }
  expect(error, 'nothing was thrown').to.be.instanceOf(WhatsAppError);
  expect(error).to.include(expected);
  return error as WhatsAppError;
}
