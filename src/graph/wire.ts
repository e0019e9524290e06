import type { MadeBody } from './content';
import type { Readable } from 'node:stream';
import type { WhatsAppError } from '../core/errors';

// What passes between a request and the transport: bytes, and the errors of connections.

/** One request as it goes out. */
export type WireRequest = {
  method: string;
  origin: string;
  /** Path and query, encoded. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer | Readable | MadeBody | undefined;
  /** Milliseconds to wait for the answer, and between two pieces of it; undici counts in steps of half a second. */
  timeout: number;
  /** Milliseconds to wait for a connection, its TLS handshake included. */
  connectTimeout?: number | undefined;
  /** Options of Node's TLS, for servers with certificates of their own. */
  tls?: object | undefined;
  /** Hand over the body as a stream, not yet read. */
  isStreamed?: boolean | undefined;
  /** Milliseconds from the first piece of an answer to its last, when it is not streamed; by default `timeout`. */
  duration?: number | undefined;
  /** The most bytes of an answer that is not streamed; by default 16 MB. */
  maxSize?: number | undefined;
  /** Whether somebody looks at the headers of a success; by default so. */
  needsHeaders?: boolean | undefined;
  /** Gives leave to write the request. */
  limiter?: Limiter | undefined;
};

/** What says when a request may be written on its connection. */
export type Limiter = {
  /** Resolves when it may be written at once; undefined when that is now. */
  take: () => Promise<void> | undefined;
  /** It is written now; false when that is too late. */
  begin: () => boolean;
  /** It was not written, and asks again. */
  giveBack: () => void;
};

/** One answer: its body whole, or as the stream that was asked for. */
export type WireResponse = {
  statusCode: number;
  statusText: string;
  headers: WireHeaders;
  body: Buffer | Readable;
  /** A refusal with so many words that the rest of them was not read. */
  isCut?: boolean;
};

export type Transport = (request: WireRequest) => Promise<WireResponse>;

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

/** The forms in which a body can be read. */
export const FORMS = ['json', 'text', 'base64', 'stream', 'auto'] as const;
/** `bytes` is for ourselves: a job gets what survives JSON. */
export type ParseAs = (typeof FORMS)[number] | 'bytes';

/** A proxy that did not open a tunnel: nothing of the request has left. */
export class ProxyError extends Error {
  constructor(
    /** Its address without user name and password. */
    readonly proxy: string,
    /** What it answered, if it did. */
    readonly statusCode?: number,
    cause?: unknown,
  ) {
    super('The proxy opened no tunnel.', { cause });
  }
}

/**
 * What is certain after a failure. `refused`: Meta refused it and takes it
 * later. `unsent`: it never left. `unknown`: it may have been done. `final`:
 * refused for good.
 */
export type Certainty = 'refused' | 'unsent' | 'unknown' | 'final';

/** What decides whether and when a call is repeated. */
export type Refusal = {
  certainty: Certainty;
  metaCode?: number | undefined;
  /** Seconds that the server asked to wait. */
  retryAfter?: number | undefined;
};

/** An error, and what is certain about the request that met it. */
export type FailedTry = Refusal & { error: WhatsAppError };

/** The request that failed, as far as telling about it needs. */
export type TriedRequest = {
  /** A second request does no harm. */
  isIdempotent: boolean;
  /** Clears Meta's words of what was sent, the token too. */
  scrubber: () => Scrubber;
};

/** Takes out of words what was sent, and tells whether it is in them. */
export type Scrubber = {
  scrub: (words: string) => string;
  holdsSent: (text: string) => boolean;
};
