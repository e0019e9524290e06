import { expect } from 'chai';

/** The error of a promise, which has to fail with this code. */
export async function rejects(
  promise: Promise<unknown>,
  code: string,
): Promise<Error> {
  const error = await promise.then(
    () => expect.fail('nothing was thrown'),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).to.include({ code });
  return error;
}
