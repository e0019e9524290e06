import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '../core/client';
import type { ApiRequest } from './request';
import type { ApiResponse, Runtime } from './runtime';

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
