import { AsyncLocalStorage } from 'node:async_hooks';

type Options = Readonly<Record<string, unknown>>;

const NONE: Options = {};
const storage = new AsyncLocalStorage<Options>();

/** Runs something in which the operations have these options, unless they are given others. */
export const withDefaultOptions = <T>(options: Options, run: () => T): T =>
  // A storage in use slows down every promise of the process.
  Object.keys(options).length === 0 ? run() : storage.run(options, run);

/** The options that operations have here without being given them. */
export const defaultOptions = (): Options => storage.getStore() ?? NONE;
