import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { KEY, VERIFY_TOKEN } from './gateways';
import { SECRET } from './payloads';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = ['--import', 'tsx', 'gateway/src/cli.ts'];

type Line = { msg?: string; url?: string };

/** A gateway in a process of its own, as an operator starts it. */
export class GatewayProcess {
  readonly lines: string[] = [];
  errors = '';
  url = '';
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(environment: Record<string, string>) {
    this.#process = spawn(process.execPath, CLI, {
      cwd: ROOT,
      env: {
        PATH: process.env['PATH'],
        WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
        WHATSAPP_APP_SECRET: SECRET,
        GATEWAY_KEY: KEY,
        PORT: '0',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    this.exited = new Promise(resolve => {
      this.#process.once('exit', code => {
        running.delete(this);
        resolve(code);
      });
    });
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
  }

  /** Returns when it listens. */
  async ready(): Promise<this> {
    const { stdout } = this.#process;
    if (!stdout) throw new Error('the process has no output');
    await new Promise<void>((resolve, reject) => {
      void this.exited.then(() => reject(new Error(this.errors)));
      createInterface(stdout).on('line', line => {
        this.lines.push(line);
        const { msg, url } = JSON.parse(line) as Line;
        if (msg !== 'the gateway is ready' || url === undefined) return;
        this.url = url;
        resolve();
      });
    });
    return this;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<number | null> {
    this.#process.kill('SIGTERM');
    return this.exited;
  }
}

const running = new Set<GatewayProcess>();

/** For `afterEach`: nothing is left behind, also when a test failed. */
export async function killGateways(): Promise<void> {
  await Promise.all([...running].map(gateway => gateway.kill()));
}
