import { newFolder } from './folders';
import { BINARIES, PostgresServer } from './postgres-server';

/** A server of our own, for a test that stops it. */
export function newPostgresServer(): Promise<PostgresServer> {
  return PostgresServer.create(newFolder());
}

/** Skips a test, or all tests of a suite, when PostgreSQL is not installed. */
export function needPostgres(test: Mocha.Context): void {
  if (BINARIES !== undefined) return;
  const runnable = test.runnable();
  const isHook = 'type' in runnable && runnable.type === 'hook';
  skipped += isHook ? (runnable.parent?.total() ?? 0) : 1;
  test.skip();
}

let skipped = 0;
let shared: Promise<PostgresServer> | undefined;
let databases = 0;

/** The address of an empty database; the test is skipped when PostgreSQL is not installed. */
export async function newPostgresUrl(test: Mocha.Context): Promise<string> {
  needPostgres(test);
  shared ??= newPostgresServer();
  return (await shared).createDatabase(`test_${++databases}`);
}

after(async () => {
  if (skipped > 0) {
    console.log(`${skipped} tests need PostgreSQL: apt-get install postgresql`);
  }
  await (await shared)?.stop();
});
