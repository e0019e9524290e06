import { broadcast } from '../../src/index';
import type { BroadcastResult, Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import type { Treatment } from './misbehaving-server';

export const CREDENTIAL = { apiToken: 'CANARY', phoneNumberId: '1' };

export const phoneOf = (index: number | string) =>
  `+1555${String(1_000_000 + Number(index))}`;

/** A short time-out only where the answer comes too late by design. */
export const sendOptions = (treatment: Treatment) => ({
  timeout: treatment === 'too slow' ? 300 : 30_000,
  retry: { attempts: 20, delay: 60, backoff: 'fixed' } as const,
});

/** Broadcasts many items at once, and collects the log. */
export async function runBroadcast(
  items: unknown[],
  operation: Operation,
  options: object,
  state: State,
): Promise<{ result: BroadcastResult; lines: string[] }> {
  const all = { rate: 20_000, concurrency: 200, ...options };
  const { result, lines } = await collectLogs(() =>
    broadcast(items, operation, all as never)(state),
  );
  return { result: result.data as BroadcastResult, lines };
}
