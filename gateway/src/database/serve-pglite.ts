/** The thread of the embedded PostgreSQL. It answers one message after another. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { GatewayError, codeOf } from '../core/errors';
import { DurableFiles, START_PARAMETERS, syncFolder } from './durable-files';
import { checkGeneration } from './folder-lock';
import type { Answer, Question, Setup } from './pglite-thread';
import { PreparedStatements } from './prepared-statements';

const { folder, generation, progress } = workerData as Setup;
const files = join(folder, 'postgres');

type Opened = { pglite: PGlite; prepared: PreparedStatements };

async function open(): Promise<Opened> {
  checkGeneration(folder, generation);
  const isNew = !existsSync(join(files, 'PG_VERSION'));
  const counter = new Int32Array(progress);
  const pglite = new PGlite({
    fs: new DurableFiles(files, () => Atomics.add(counter, 0, 1)),
    startParams: START_PARAMETERS,
  });
  await pglite.waitReady;
  if (isNew) {
    await pglite.exec('CHECKPOINT');
    syncFolder(dirname(files));
  }
  return { pglite, prepared: new PreparedStatements(pglite) };
}

/** Several statements, or one with values; the rows are those of the last. */
async function ask(
  { pglite, prepared }: Opened,
  { text, values }: Question,
): Promise<object[]> {
  // What has no values is mostly asked once, such as the steps of the tables.
  if (values?.length) return prepared.query(text, values);
  if (values !== undefined) return (await pglite.query<object>(text)).rows;
  return (await pglite.exec(text)).at(-1)?.rows ?? [];
}

async function answer(work: () => Promise<object[]>): Promise<Answer> {
  try {
    check();
    const rows = await work();
    // Whoever lost the folder meanwhile must not acknowledge what was written.
    check();
    return { rows };
  } catch (error) {
    return { failure: describe(error) };
  }
}

/** In the middle of a transaction nothing is acknowledged. */
function check(): void {
  if (opened?.pglite.isInTransaction() === true) return;
  checkGeneration(folder, generation);
}

/** An error, so that it can be sent to the main thread. */
function describe(error: unknown): NonNullable<Answer['failure']> {
  const { message, severity } = error as Error & { severity?: string };
  const code = codeOf(error);
  if (error instanceof GatewayError) {
    const { description, fix } = error;
    return { code: error.code, message, description, fix, isFatal: true };
  }
  // PostgreSQL goes on after an ERROR. Everything else has ended it.
  return { code, message: String(message), isFatal: severity !== 'ERROR' };
}

let opened: Opened | undefined;
const post = (message: Answer) => parentPort?.postMessage(message);

parentPort?.on('message', (question: Question) => {
  const work = async () => {
    if (opened === undefined) throw new Error('PGlite is not open');
    return ask(opened, question);
  };
  void answer(work).then(post);
});

void answer(async () => {
  opened = await open();
  return [];
}).then(post);
