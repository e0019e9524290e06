import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Template, Verdict } from './account/templates';
import type { SimulatorOptions } from './app';
import { createSimulator } from './app';
import type { Json } from './checks/rules';
import type { Fault } from './faults/fault';
import type { Entry, ReceivedRequest } from './core/transcript';

export { createSimulator } from './app';
export type { Template, Verdict } from './account/templates';
export type { SimulatorOptions } from './app';
export type { Fault } from './faults/fault';
export type {
  Entry,
  MessageEntry,
  ReadEntry,
  ReceivedRequest,
} from './core/transcript';

export interface StartOptions extends SimulatorOptions {
  /** A free port when 0 or not given. */
  port?: number;
  host?: string;
}

export interface Simulator {
  url: string;
  port: number;
  /** The calls of the API as they arrived; those of `/simulator` are not among them. */
  readonly requests: readonly ReceivedRequest[];
  /** What was accepted, oldest first. */
  transcript(): Entry[];
  /** Lets the next calls go wrong. */
  fault(fault: Fault): void;
  /** Adds a template to an account, approved at once unless it says otherwise. */
  addTemplate(wabaId: string, definition: Json): Template;
  /** Decides on the templates of a name: approves, rejects, pauses them. */
  judgeTemplate(name: string, verdict: Verdict): void;
  /** Adds a number, or changes one: `{ id, status: 'DISCONNECTED' }`. */
  addNumber(number: Json & { id: string }): void;
  /** The code that was "sent" to a number. */
  codeOf(phoneNumberId: string): string | undefined;
  /** Forgets everything: transcript, requests and faults. */
  reset(): void;
  close(): Promise<void>;
}

const urlOf = (host: string, port: number) =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

const stop = async (server: Server) => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

/** Starts a WhatsApp Cloud API that lives in the memory of this process. */
export const startSimulator = async ({
  port = 0,
  host = '127.0.0.1',
  ...options
}: StartOptions = {}): Promise<Simulator> => {
  const { app, state } = createSimulator(options);
  const server = createAdaptorServer({
    fetch: app.fetch,
    // Else it would replace Request and Response for everybody in the process.
    overrideGlobalObjects: false,
  }) as Server;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;

  return {
    url: urlOf(host, actual),
    port: actual,
    get requests() {
      return [...state.requests];
    },
    transcript: () => [...state.transcript],
    fault: state.faults.add,
    addTemplate: (wabaId, definition) =>
      state.templates.add(wabaId, { status: 'APPROVED', ...definition }),
    judgeTemplate: (name, verdict) => void state.templates.judge(name, verdict),
    addNumber: number => void state.numbers.add(number),
    codeOf: id => state.numbers.of(id).code,
    reset: state.reset,
    close: () => stop(server),
  };
};
