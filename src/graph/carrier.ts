import { AsyncLocalStorage } from 'node:async_hooks';
import type { Configuration } from '../core/configuration';
import type { Call } from './call';
import type { Exchange, World } from './world';

/** Exchanges a call in the world as it is, or as it is altered. */
export type Go = (
  call: Call,
  alter?: (world: World) => World,
) => Promise<Exchange>;

/** Stands between operations and the client: may change a call, hold it back, and sees what comes of it. */
export type Carrier = (
  call: Call,
  go: Go,
  configuration: Configuration,
) => Promise<Exchange>;

// Not a property of state: a job's own function that makes a new state would
// lose it, and the messages after it would leave unseen.
const storage = new AsyncLocalStorage<Carrier>();

/** Runs something whose calls all go through a carrier. */
export const withCarrier = <T>(carrier: Carrier, run: () => T): T =>
  storage.run(carrier, run);

export const currentCarrier = (): Carrier | undefined => storage.getStore();
