import type { Dispatcher } from 'undici';

export type WireHeaders = Record<string, string | string[] | undefined>;

/** An answer whose body has arrived whole. */
export type Collected = {
  statusCode: number;
  statusText: string;
  headers: WireHeaders;
  body: Buffer;
};

/** An answer that began and broke off: the status is known, the body is not. */
export class BrokenAnswer extends Error {
  constructor(
    readonly statusCode: number,
    cause: unknown,
  ) {
    super('The answer broke off.', { cause });
  }
}

/** Collects an answer of undici, piece by piece. */
export class Collector implements Dispatcher.DispatchHandler {
  private statusCode = 0;
  private statusText = '';
  private headers: WireHeaders = {};
  private readonly pieces: Buffer[] = [];

  constructor(
    private readonly resolve: (answer: Collected) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  onRequestStart(): void {}

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: WireHeaders,
    statusText = '',
  ): void {
    this.statusCode = statusCode;
    this.statusText = statusText;
    this.headers = headers;
  }

  onResponseData(
    _controller: Dispatcher.DispatchController,
    piece: Buffer,
  ): void {
    this.pieces.push(piece);
  }

  onResponseEnd(): void {
    const { statusCode, statusText, headers, pieces } = this;
    const body = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    this.resolve({ statusCode, statusText, headers, body });
  }

  onResponseError(
    _controller: Dispatcher.DispatchController,
    error: Error,
  ): void {
    this.reject(
      this.statusCode === 0 ? error : new BrokenAnswer(this.statusCode, error),
    );
  }
}
