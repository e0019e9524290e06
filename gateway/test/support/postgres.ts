import { newFolder } from './folders';
import { BINARIES, PostgresServer } from './postgres-server';

export { BINARIES };

/** A server of our own, for a test that stops it. */
export function newPostgresServer(): Promise<PostgresServer> {
  return PostgresServer.create(newFolder());
}

let shared: Promise<PostgresServer> | undefined;
let databases = 0;

/** The address of an empty database; the test is skipped when PostgreSQL is not installed. */
export async function newPostgresUrl(test: Mocha.Context): Promise<string> {
  if (BINARIES === undefined) {
    console.log('      skipped: PostgreSQL is not installed');
    return test.skip();
  }
  test.timeout(60_000);
  shared ??= newPostgresServer();
  return (await shared).createDatabase(`test_${++databases}`);
}

after(async () => {
  await (await shared)?.stop();
});
