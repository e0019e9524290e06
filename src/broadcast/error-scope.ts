import { rowOf } from '../graph/error-catalog';
import type { Failure } from '../core/errors';
import { ownOf } from '../core/values';
import type { CatalogRow } from '../graph/error-catalog';
import type { RowError, StopReason } from '../types';

/** The scope of our own codes; the scope of Meta's codes is in the error catalog. */
const SCOPES: Record<string, CatalogRow['scope']> = {
  CONFIGURATION_MISSING: 'everyone',
  CONFIGURATION_INVALID: 'everyone',
  CONNECTION_UNTRUSTED: 'everyone',
  PROXY_UNAUTHORIZED: 'everyone',
  TEMPLATE_MISSING: 'template',
  TEMPLATE_UNAVAILABLE: 'template',
  TEMPLATE_MISMATCH: 'job',
};

/** What the API refuses without a code of Meta's; other systems that a job speaks to have other codes. */
const API_CODES = ['REQUEST_REFUSED', 'RATE_LIMITED'];
const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

/** Meta does not know an object, such as a media that is long gone; for a message it is the number that sends. */
export const isMissingObject = (error: unknown): boolean =>
  isFailure(error) && error.metaCode === 100 && error.metaSubcode === 33;

/** What an error affects beyond the one message that met it. */
export function errorScopeOf(error: unknown): CatalogRow['scope'] {
  if (!isFailure(error)) return undefined;
  const { metaCode: code, metaSubcode: subcode, statusCode } = error;
  const row =
    code === undefined
      ? undefined
      : rowOf({ code, ...(subcode !== undefined && { subcode }) });
  if (row?.scope !== undefined) return row.scope;
  if (!API_CODES.includes(error.code)) return ownOf(SCOPES, error.code);
  if (statusCode === UNAUTHORIZED) return 'everyone';
  return statusCode === TOO_MANY_REQUESTS ? 'rate' : undefined;
}

/** An error as a row shows it. */
export function rowErrorOf(error: unknown): RowError {
  if (!isFailure(error)) return bug(error);
  const { code, metaCode, description, fix, retryable = false } = error;
  return {
    code,
    ...(metaCode !== undefined && { metaCode }),
    description,
    fix,
    retryable,
  };
}

/** Why items remain: the error that an item met, or else the deadline, which is more than one template. */
export function stopReasonOf(
  cause: { error: unknown; item: { key?: string } } | undefined,
  hasHeld: boolean,
): StopReason {
  const isAll = cause !== undefined && errorScopeOf(cause.error) !== 'template';
  if (cause === undefined || (hasHeld && !isAll)) return AT_DEADLINE;
  const { retryable: _, ...words } = rowErrorOf(cause.error);
  const { key } = cause.item;
  return { ...words, ...(key !== undefined && { key }) };
}

const AT_DEADLINE: StopReason = {
  code: 'DEADLINE',
  description: 'The time that the broadcast has was over.',
  fix: 'Pass what is remaining to the next run. For more at once give a later deadline, or a higher rate if the number has it.',
};

/** What the job's own code threw, from whatever realm. */
function bug(error: unknown): RowError {
  const message = isThrown(error) ? error['message'] : error;
  return {
    code: 'OPERATION_FAILED',
    description: `The operation failed: ${typeof message === 'string' ? message : 'it gave no reason'}.`,
    fix: 'Correct the code of the job, or the data of this item.',
    retryable: false,
  };
}

const isThrown = (error: unknown): error is Record<string, unknown> =>
  typeof error === 'object' && error !== null;

/** What a job threw, or a plain failure when that cannot be read. */
export function toReadable(error: unknown): unknown {
  try {
    rowErrorOf(error);
    void (error as Partial<Failure> | undefined)?.sent;
    // A failure without a reason is one all the same.
    return error ?? {};
  } catch {
    return {};
  }
}

function isFailure(error: unknown): error is Failure {
  return (
    isThrown(error) &&
    typeof error['code'] === 'string' &&
    typeof error['description'] === 'string' &&
    typeof error['fix'] === 'string'
  );
}
