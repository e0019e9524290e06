// A process of its own, as Node reads NODE_EXTRA_CA_CERTS when it starts. It runs
// the operations that it is sent, and tells what comes of each and what was logged.
import * as adaptor from '../../src/index';
import type { Operation, State } from '../../src/index';

type Make = (...args: unknown[]) => Operation;
type Work = {
  env: Record<string, string>;
  configuration: State['configuration'];
  steps: [name: keyof typeof adaptor, ...args: unknown[]][];
};

let logs: string[] = [];
const log = (...words: unknown[]) => logs.push(words.join(' '));
console.log = console.warn = console.error = log;
const clean = { ...process.env };

async function run({ env, configuration, steps }: Work) {
  process.env = { ...clean, ...env };
  logs = [];
  const results: unknown[] = [];
  for (const [name, ...args] of steps) {
    const operation = (adaptor[name] as Make)(...args);
    try {
      const { data } = (await operation({ configuration, data: {} })) as State;
      results.push({ data });
    } catch (error) {
      const { message, stack, cause } = error as Error;
      results.push({ error, message, stack, cause: String(cause) });
    }
  }
  process.send!({ results, logs });
}

process.on('message', work => void run(work as Work));
