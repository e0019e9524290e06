import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import run from '@openfn/runtime';
import { adaptorExports } from './adaptor-exports';
import { compileJob } from './compile-job';

const ADAPTOR = '@openfn/language-whatsapp';
const COLLECTIONS = '@openfn/language-collections';
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** The run cannot start: a file, a flag of Node.js or the build is missing. */
export class SetupError extends Error {}

/** The key under which a failure of the job stands in `state.errors`. */
export const STEP = 'job-1';

export interface JobState {
  configuration?: object;
  data?: unknown;
  errors?: Record<string, JobFailure>;
  [key: string]: unknown;
}

/** What the runtime reports of a job that failed. */
export interface JobFailure {
  name: string;
  message: string;
  operationName?: string;
  line?: number;
  /** Where it happened, when the job's own code was running. */
  pos?: { line?: number | null; src?: string };
  details?: Record<string, unknown>;
  fix?: string;
}

export interface JobOptions {
  source: string;
  state: JobState;
  /** The folder of the built adaptor package. */
  root?: string;
  /** The console of the job. */
  logger?: Console;
  /** What the final state lacks: `configuration`, and at a worker `response` too. */
  statePropsToRemove?: string[];
}

/**
 * Compiles and runs a job as OpenFn does. A job that fails says so in
 * `errors` of the final state, one that crashes rejects, one that ends
 * without state gives `{}`.
 */
export async function runJob({
  source,
  state,
  root = REPOSITORY,
  logger = console,
  statePropsToRemove = ['configuration'],
}: JobOptions): Promise<JobState> {
  assertModules();
  const { code, map, operations } = compileJob(source, readExports(root));
  const step = {
    id: STEP,
    // The name that the source map knows the job by.
    name: 'job',
    expression: code,
    sourceMap: { ...map, operations },
  };
  const final: unknown = await run(
    { workflow: { steps: [step] } },
    forget(state),
    {
      // A fresh key loads a fresh module, so that no run sees another's.
      linker: {
        modules: {
          [ADAPTOR]: { path: root },
          [COLLECTIONS]: { path: folderOf(COLLECTIONS) },
        },
        cacheKey: randomUUID(),
      },
      statePropsToRemove,
      // The runtime freezes what it is given, hence a console of its own.
      jobLogger: Object.create(logger) as never,
    },
  );
  return (final ?? {}) as JobState;
}

const folderOf = (name: string) =>
  dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** The state without the failure of an earlier run, which is not one of this run. */
function forget({ errors, ...state }: JobState): JobState {
  const { [STEP]: _, ...others } = errors ?? {};
  return Object.keys(others).length > 0 ? { ...state, errors: others } : state;
}

function readExports(root: string): string[] {
  try {
    return adaptorExports(root);
  } catch (cause) {
    throw new SetupError(
      `No built adaptor in ${root}: run "npm run build" first.`,
      { cause },
    );
  }
}

function assertModules() {
  if ('SourceTextModule' in vm) return;
  throw new SetupError('Start Node.js with --experimental-vm-modules.');
}
