import { util } from 'undici';
import type { Dispatcher } from 'undici';

export type WireHeaders = Record<string, string | string[] | undefined>;

/** An answer whose body has arrived whole. */
export type Collected = {
  statusCode: number;
  statusText: string;
  headers: WireHeaders;
  body: Buffer;
  /** A refusal with so many words that the rest of them was not read. */
  isCut?: boolean;
};

/** A connection that failed before anything was written on it. */
export class NeverBegun extends Error {
  constructor(cause: unknown) {
    super('The request never began.', { cause });
  }
}

/** The connection stands only now, when the request may no longer be written. */
export class NotYetWritten extends Error {}

/** An answer that began and broke off: the status is known, the body is not. */
export class BrokenResponse extends Error {
  constructor(
    readonly statusCode: number,
    cause: unknown,
  ) {
    super('The answer broke off.', { cause });
  }
}

/** An answer with more bytes than were asked for. */
export class ResponseTooLarge extends Error {
  constructor(
    readonly maxSize: number,
    readonly statusCode: number,
  ) {
    super('The answer is too large.');
  }
}

/** An answer that keeps coming, but for too long. */
export class ResponseTooSlow extends Error {
  constructor(readonly statusCode: number) {
    super('The answer takes too long.');
  }
}

const MB = 1024 * 1024;
/** The most bytes of an answer, when a call says nothing else. */
export const MAX_SIZE = 16 * MB;
/** The most bytes that are read of a refusal: its first words say what is wrong. */
export const MAX_REFUSAL = MB;
/** The most informational answers (103 and its like) before the answer. */
const MAX_INFORMATIONAL = 10;

/**
 * Collects an answer of undici, piece by piece; through the older interface of
 * undici 7, as the newer one reads the headers of every answer. That is a tenth
 * of what a send costs, and nobody looks at them when it succeeds.
 */
export class Collector implements Dispatcher.DispatchHandler {
  hasBegun = false;
  private statusCode = 0;
  private statusText = '';
  private headers: WireHeaders = {};
  private readonly pieces: Buffer[] = [];
  /** Where the pieces go at once when it is known how many they are. */
  private whole: Buffer | undefined;
  private size = 0;
  private isCut = false;
  private informational = 0;
  /** When the answer has to be here. */
  private end = Infinity;
  private abort: (reason: Error) => void = () => {};

  constructor(
    private readonly resolve: (answer: Collected) => void,
    private readonly reject: (error: Error) => void,
    private maxSize = MAX_SIZE,
    private readonly needsHeaders = true,
    private readonly mayBegin: () => boolean = () => true,
    /** Milliseconds from the first piece of the answer to its last. */
    private readonly duration = Infinity,
  ) {}

  /** Is called when the connection stands, just before the request is written. */
  onConnect(abort: (reason?: Error) => void): void {
    // To throw takes the request off the connection, which stays open.
    if (!this.mayBegin()) throw new NotYetWritten();
    this.hasBegun = true;
    this.abort = abort;
  }

  onHeaders(
    statusCode: number,
    rawHeaders: Buffer[],
    _resume: () => void,
    statusText = '',
  ): boolean {
    // It comes before the answer; its headers say nothing about that.
    if (statusCode < 200) return this.countInformational();
    this.end = Date.now() + this.duration;
    this.statusCode = statusCode;
    this.statusText = statusText;
    // A refusal tells in them when to try again.
    if (this.needsHeaders || statusCode >= 300) {
      this.headers = util.parseHeaders(rawHeaders);
    }
    // A refusal is told as one, however long its words are.
    if (statusCode >= 300) return true;
    const length = Number(this.headers['content-length'] ?? 0);
    if (length > this.maxSize) this.stop(this.tooLarge());
    else if (length > 0) this.whole = Buffer.allocUnsafe(length);
    return true;
  }

  onData(piece: Buffer): boolean {
    if (this.whole) piece.copy(this.whole, this.size);
    else this.pieces.push(piece);
    this.size += piece.length;
    const isLate = Date.now() > this.end;
    if (this.statusCode >= 300) {
      if (isLate || this.size > MAX_REFUSAL) this.cut();
    } else if (this.size > this.maxSize) this.stop(this.tooLarge());
    else if (isLate) this.stop(new ResponseTooSlow(this.statusCode));
    return true;
  }

  onComplete(): void {
    const { statusCode, statusText, headers, isCut } = this;
    const body = this.bodyOf(this.pieces);
    this.resolve({
      statusCode,
      statusText,
      headers,
      body,
      ...(isCut && { isCut }),
    });
  }

  onError(error: Error): void {
    if (!this.hasBegun) this.reject(new NeverBegun(error));
    else if (this.statusCode === 0 || isOurs(error)) {
      this.reject(error);
    } else this.reject(new BrokenResponse(this.statusCode, error));
  }

  private bodyOf(pieces: Buffer[]): Buffer {
    if (this.whole) return this.whole.subarray(0, this.size);
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  private countInformational(): boolean {
    this.informational++;
    if (this.informational > MAX_INFORMATIONAL)
      this.stop(new ResponseTooSlow(0));
    return true;
  }

  /** Takes what has come of a refusal for all of it. */
  private cut(): void {
    this.isCut = true;
    this.onComplete();
    this.stop(this.tooLarge());
  }

  private tooLarge = () => new ResponseTooLarge(this.maxSize, this.statusCode);

  private stop(reason: Error): void {
    this.abort(reason);
  }
}

const isOurs = (error: Error): boolean =>
  error instanceof ResponseTooLarge || error instanceof ResponseTooSlow;
