import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../logger';
import type { Session } from '../store/database';
import { readControls } from './route-controls';
import type { RouteControls } from './route-controls';

/** What operators have set, as this gateway last read it. */
export interface ControlWatch {
  of(route: string): RouteControls;
  /** Reads it now. */
  refresh(): Promise<void>;
  /** `listener` is called with the names of routes whose controls changed. */
  onChange(listener: (routes: string[]) => void): void;
  stop(): void;
}

const FREE: RouteControls = { pausedAt: null, hourlyBudget: null };

type Options = {
  /** Milliseconds between two reads. */
  every: number;
  log: Logger;
};

/** Reads again and again what operators have set, also through other gateways. */
export async function watchControls(
  session: Session,
  { every, log }: Options,
): Promise<ControlWatch> {
  let current = await readControls(session);
  let listener: (routes: string[]) => void = () => {};
  let timer: NodeJS.Timeout;
  let isStopped = false;

  const of = (route: string) => current.get(route) ?? FREE;

  async function refresh(): Promise<void> {
    const before = current;
    current = await readControls(session);
    const routes = [...new Set([...before.keys(), ...current.keys()])];
    const changed = routes.filter(
      route => !isDeepStrictEqual(before.get(route) ?? FREE, of(route)),
    );
    if (changed.length > 0) listener(changed);
  }

  // What was read last holds while the database cannot be reached.
  const repeat = async () => {
    await refresh().catch((err: unknown) =>
      log.warn({ err }, 'the controls of routes cannot be read'),
    );
    if (!isStopped) timer = setTimeout(() => void repeat(), every);
  };
  timer = setTimeout(() => void repeat(), every);

  return {
    of,
    refresh,
    onChange: given => void (listener = given),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
