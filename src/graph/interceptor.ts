import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '../core/client';
import type { ApiRequest } from './request';
import type { ApiResponse, Runtime } from './runtime';

/** Exchanges a call in the world as it is, or as it is altered. */
export type Proceed = (
  call: ApiRequest,
  alter?: (world: Runtime) => Runtime,
) => Promise<ApiResponse>;

/** Stands between operations and the client: may change a call, hold it back, and sees what comes of it. */
export type Interceptor = (
  call: ApiRequest,
  proceed: Proceed,
  client: Client,
) => Promise<ApiResponse>;

// Not a property of state: a job's own function that makes a new state would
// lose it, and the messages after it would leave unseen.
/** `run` runs something whose calls all go through an interceptor. */
export const interceptors = new AsyncLocalStorage<Interceptor>();
