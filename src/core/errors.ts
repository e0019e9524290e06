/** What a failure is, for code (`code`), for people (`description`) and as an order (`fix`). */
export type Failure = {
  code: string;
  description: string;
  fix: string;
  statusCode?: number;
  metaCode?: number;
  metaSubcode?: number;
  metaMessage?: string;
  traceId?: string;
  /** Seconds to wait before the same call can succeed. */
  retryAfter?: number;
  /** Whether the same call can succeed later, unchanged. */
  retryable?: boolean;
  /** Whether a message may have gone out: `no`, or `maybe`. */
  sent?: 'no' | 'maybe';
  mediaId?: string;
};

// Its fields are typed by an interface, because `declare` fields break the
// documentation build of OpenFn, and other fields would define undefined ones.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type
export interface WhatsAppError extends Failure {}

/**
 * The only error this adaptor throws. Its properties are flat, plain data,
 * because OpenFn copies them into `state.errors`; never a token, a header, a
 * message or a phone number.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class WhatsAppError extends Error {
  constructor(failure: Failure, cause?: unknown) {
    // `cause` goes through the constructor: assigned, it would be copied into state.
    super(
      `${failure.description} ${failure.fix} (${failure.code})`,
      cause === undefined ? undefined : { cause: causeOf(cause) },
    );
    Object.assign(this, failure);
  }
}

type Cause = { name?: unknown; code?: unknown; cause?: unknown };

/**
 * What went wrong below: an error of ours as it is, of others name and code.
 * Their words name hosts, paths and users, and quote pieces of answers.
 */
function causeOf(cause: unknown): Error {
  if (cause instanceof WhatsAppError) return cause;
  const { name, code, cause: innerCause } = (cause ?? {}) as Cause;
  const knownCode = [code, ((innerCause ?? {}) as Cause).code].find(isCode);
  const errorName =
    typeof name === 'string' && /^\w{0,40}Error$/.test(name) ? name : 'Error';
  const error = new Error(knownCode ?? errorName);
  return Object.assign(error, {
    name: errorName,
    ...(knownCode && { code: knownCode }),
  });
}

const isCode = (code: unknown): code is string =>
  typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,50}$/.test(code);

// On the prototype, so that it is no own property and stays out of the details.
WhatsAppError.prototype.name = 'WhatsAppError';

/** A refusal before anything was sent: the caller has to change something. */
export function refuse(code: string, description: string, fix: string): never {
  throw new WhatsAppError({
    code,
    description,
    fix,
    retryable: false,
    sent: 'no',
  });
}

/** An outcome that nobody knows: to send again could send twice. */
export function unconfirmed(
  reason: string,
  facts: Partial<Failure> = {},
  cause?: unknown,
): WhatsAppError {
  return new WhatsAppError(
    {
      code: 'SEND_UNCONFIRMED',
      description: `${reason}, so nobody knows whether the request was carried out.`,
      fix: 'Do not repeat it blindly: a message could go out twice. Its status webhook settles it; give callbackData to recognize it.',
      ...facts,
      retryable: false,
      sent: 'maybe',
    },
    cause,
  );
}

/** Refuses what only the Cloud API has. */
export function refuseOnPremises(what: string): never {
  return refuse(
    'NOT_ON_PREMISES',
    `The API of the credential speaks the On-Premises way, and ${what}.`,
    'Use `request` for what it has of its own. If baseUrl leads to the Cloud API all the same, add phoneNumberId to the credential.',
  );
}
