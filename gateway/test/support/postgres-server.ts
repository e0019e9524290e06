import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { until } from './waiting';

const DEBIAN = '/usr/lib/postgresql';

/** Where the programs of PostgreSQL are; undefined when it is not installed. */
export const BINARIES = findBinaries();

function findBinaries(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const debian = versions
    .sort((a, b) => Number(b) - Number(a))
    .map(version => join(DEBIAN, version, 'bin'));
  const others = (process.env['PATH'] ?? '').split(delimiter);
  return [...debian, ...others].find(folder =>
    existsSync(join(folder, 'initdb')),
  );
}

/** PostgreSQL refuses to run as root, so root lends it the user of the package. */
function identity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A PostgreSQL server of our own, on loopback. */
export class PostgresServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    readonly user: { uid?: number; gid?: number },
  ) {}

  /** In an empty folder. */
  static async create(folder: string): Promise<PostgresServer> {
    const user = identity();
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid ?? 0);
    const data = join(folder, 'data');
    const made = spawnSync(
      join(BINARIES ?? '', 'initdb'),
      ['-D', data, '-U', 'gateway', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      { ...user, cwd: folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stderr);
    const server = new PostgresServer(folder, await freePort(), user);
    await server.start();
    return server;
  }

  get url(): string {
    return `postgres://gateway@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const { folder, port, user } = this;
    const settings = [
      `listen_addresses=127.0.0.1`,
      `unix_socket_directories=${folder}`,
    ].flatMap(setting => ['-c', setting]);
    this.#process = spawn(
      join(BINARIES ?? '', 'postgres'),
      ['-D', join(folder, 'data'), '-p', String(port), ...settings],
      { ...user, cwd: folder, stdio: 'ignore' },
    );
    await until(() => this.answers(), 'PostgreSQL answering', 200_000);
  }

  /** Without waiting for anybody. */
  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise(resolve => running.once('exit', resolve));
    running.kill('SIGQUIT');
    await ended;
  }

  async answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url });
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** An empty database. */
  async createDatabase(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return this.url.replace(/postgres$/, name);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
