import type { Base, Client } from '../core/client';
import type { FailedTry, ParseAs, Transport, WireResponse } from './wire';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Retry } from '../types';
import type { Part, Query } from './url';

// What is asked of the API, what comes back, and who may stand between.

/** Where a request goes when it does not go to the API: only a token of its own goes along. */
export type Server = {
  base: Base;
  token?: string | undefined;
  /** How the log calls it, when its path could tell too much. */
  label?: string | undefined;
};

/** What to ask of the API. */
export type ApiRequest = {
  method: string;
  /** Parts of the path below the version. */
  parts: Part[];
  /** The job itself wrote the path. */
  isRaw?: boolean | undefined;
  /** Another server than the API, with a token of its own. */
  server?: Server | undefined;
  /** A user name and a password in the place of the token. */
  login?: { username: string; password: string } | undefined;
  query?: Query | undefined;
  /** A query as the job wrote it, without `?`. */
  search?: string | undefined;
  headers?: Record<string, string> | undefined;
  /** An object goes out as JSON; text, bytes, streams and what is made while it is sent as they are. */
  body?: unknown;
  /** A repetition does no harm. By default so for every method but POST and PATCH. */
  isIdempotent?: boolean | undefined;
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  parseAs?: ParseAs | undefined;
  /** The most bytes of the answer; reading stops at more. Default 16 MB. */
  maxSize?: number | undefined;
  /** Whether somebody looks at the headers of a success; by default so. */
  needsHeaders?: boolean | undefined;
  tls?: object | undefined;
  /** Whether a status is a success; by default 2xx is. */
  isSuccess?: ((statusCode: number) => boolean) | undefined;
  /** Whether a refusal with this body is an answer all the same, as part of the work was done. */
  isPartial?: ((body: string) => boolean) | undefined;
};

/** A message ready to be sent. */
export type OutgoingMessage = {
  to: string;
  /** The ID of the number to send from, when it is not the credential's. */
  from?: string;
  body: Record<string, unknown>;
  options: SendSettings;
};

/** How a message is sent. */
export type SendSettings = {
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  dryRun?: boolean | undefined;
  allowMissing?: boolean | undefined;
};

/** What came back for a request. */
export type ApiResponse = {
  method: string;
  path: string;
  statusCode: number;
  statusMessage: string;
  headers: WireResponse['headers'];
  /** Milliseconds, waits between tries included. */
  duration: number;
  attempts: number;
  body: unknown;
};

/** What sends, waits and tells the time; tests and broadcasts bring their own. */
export type Runtime = {
  transport: Transport;
  /** Waits before a repetition; the failure is its reason. */
  sleep: (milliseconds: number, failed: FailedTry) => Promise<unknown>;
  random: () => number;
  now: () => number;
  /** Resolves when the next try may be made; undefined when it may be made at once. */
  waitForLeave?: () => Promise<void> | undefined;
  /** Is called with each response as it comes. */
  onResponse?: (response: WireResponse) => void;
  /** Where the line of each try goes; `false` when nobody reads it. */
  log?: ((line: string) => void) | false;
};

/** Sends a request with the runtime as it is, or with a changed one. */
export type Proceed = (
  request: ApiRequest,
  change?: (runtime: Runtime) => Runtime,
) => Promise<ApiResponse>;

/** Stands between operations and the client: may change a request, hold it back, and sees what comes of it. */
export type Interceptor = (
  request: ApiRequest,
  proceed: Proceed,
  client: Client,
) => Promise<ApiResponse>;

// Not a property of state: a job's own function that makes a new state would
// lose it, and the messages after it would leave unseen.
/** Requests of what `interceptors.run(interceptor, …)` runs go through that interceptor. */
export const interceptors = new AsyncLocalStorage<Interceptor>();
