/** A failure that the operator of the gateway can mend: what happened, and what to do. */
export class GatewayError extends Error {
  constructor(
    readonly code: string,
    readonly description: string,
    readonly fix: string,
    cause?: unknown,
  ) {
    const gap = description.includes('\n') ? '\n' : ' ';
    super(
      `${description}${gap}${fix} (${code})`,
      cause === undefined ? undefined : { cause },
    );
  }
}

GatewayError.prototype.name = 'GatewayError';

/** The code of an error from Node, from PostgreSQL or from us, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
