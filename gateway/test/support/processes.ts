import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { KEY, VERIFY_TOKEN } from './gateways';
import { SECRET } from './payloads';
import { until } from './waiting';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CLI = ['--import', 'tsx', 'gateway/src/cli.ts'];

const READY = '"the gateway is ready"';

/** A gateway in a process of its own, as an operator starts it. */
export class GatewayProcess {
  readonly lines: string[] = [];
  errors = '';
  url = '';
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(environment: Record<string, string>, args: string[] = []) {
    this.#process = spawn(process.execPath, [...CLI, ...args], {
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
    if (this.#process.stdout) {
      const output = createInterface(this.#process.stdout);
      output.on('line', line => this.lines.push(line));
    }
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
  }

  get output(): string {
    return this.lines.join('\n');
  }

  /** Returns when it listens. */
  async ready(): Promise<this> {
    let isGone = false;
    void this.exited.then(() => (isGone = true));
    this.url = await until(() => {
      if (isGone) throw new Error(this.errors);
      const line = this.lines.find(text => text.includes(READY));
      return line && (JSON.parse(line) as { url: string }).url;
    }, 'starting');
    return this;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.exited;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.exited;
  }
}

const running = new Set<GatewayProcess>();

/** For `afterEach`: nothing is left behind, also when a test failed. */
export async function killGateways(): Promise<void> {
  await Promise.all([...running].map(gateway => gateway.kill()));
}
