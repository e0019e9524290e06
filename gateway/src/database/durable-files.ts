import { constants, fdatasyncSync, fsyncSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { GatewayError } from '../core/errors';
import { syncPath } from './sync-path';

/** An open file of the database, as the file system of PGlite sees it. */
type Stream = { nfd?: number; node: { mode: number } };
type Attributes = { mode?: number };
type Operation = (...values: never[]) => number;
type StreamOperations = {
  read: Operation;
  write: Operation;
  fsync?: (stream: Stream) => number;
};
type FileSystem = {
  stream_ops?: StreamOperations;
  node_ops: { setattr: (node: object, attributes: Attributes) => void };
};

/**
 * The files of PGlite on a disk, safe and closed.
 *
 * PGlite writes to files but never asks the disk to keep them: its file system
 * has no fsync, and PostgreSQL is told not to call it. A killed process loses
 * nothing that way, a power cut does. Here both are put right. Besides, its
 * file system sets the mode of each new file to 0666, whatever the umask is.
 */
export class DurableFiles extends NodeFS {
  readonly #onProgress: () => void;

  /** `onProgress` is called after each read and write that succeeded. */
  constructor(folder: string, onProgress: () => void) {
    super(folder);
    this.#onProgress = onProgress;
  }

  override async init(
    ...[pglite, options]: Parameters<NodeFS['init']>
  ): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const change = (module: object) => correct(module, this.#onProgress);
    const preRun = [...(emscriptenOpts.preRun ?? []), change];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

function correct(module: object, onProgress: () => void): void {
  const { NODEFS } = module as { NODEFS?: FileSystem };
  if (NODEFS?.stream_ops === undefined) {
    throw new GatewayError(
      'UNSAFE_STORE',
      'This version of PGlite hides its file system, so nothing could be kept safe from a power cut.',
      'Install the version of @electric-sql/pglite that the gateway asks for.',
    );
  }
  addFsync(NODEFS.stream_ops);
  watch(NODEFS.stream_ops, onProgress);
  closeToOthers(NODEFS.node_ops);
}

function addFsync(operations: StreamOperations): void {
  operations.fsync = ({ nfd, node }) => {
    if (nfd === undefined) return 0;
    const isFolder = (node.mode & constants.S_IFMT) === constants.S_IFDIR;
    // Of a file all but its times: keeping those too takes much longer.
    if (isFolder) fsyncSync(nfd);
    else fdatasyncSync(nfd);
    return 0;
  };
}

function watch(operations: StreamOperations, onProgress: () => void): void {
  const { read, write } = operations;
  const watched =
    (operation: Operation): Operation =>
    (...values) => {
      const result = operation(...values);
      onProgress();
      return result;
    };
  Object.assign(operations, { read: watched(read), write: watched(write) });
}

function closeToOthers(operations: FileSystem['node_ops']): void {
  const { setattr } = operations;
  operations.setattr = (node, attributes) => {
    const { mode } = attributes;
    setattr(node, {
      ...attributes,
      ...(mode !== undefined && { mode: mode & ~0o077 }),
    });
  };
}

/**
 * How PostgreSQL is started: it syncs, at commit only when asked to, takes less
 * memory than usual, and plans a statement for its values, as `pg` has it done;
 * some functions say otherwise.
 */
export const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter(parameter => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
  ...['-c', 'synchronous_commit=off'],
  ...['-c', 'plan_cache_mode=force_custom_plan'],
  ...['-c', 'shared_buffers=32MB', '-c', 'maintenance_work_mem=8MB'],
];

/** Has the disk keep a whole folder: a new database is made without. */
export function syncFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncFolder(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(folder);
}
