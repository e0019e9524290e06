import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
} from 'prom-client';

/** What waits now of a route, and what is dead: read from the database when somebody asks. */
export type Backlog = {
  route: string;
  waiting: number;
  dead: number;
  oldestSeconds: number;
};

export type Metrics = ReturnType<typeof createMetrics>;

const PREFIX = 'whatsapp_gateway_';
export const BUCKETS = [
  0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** The counters of one gateway. Labels are kinds and codes, never people. */
export function createMetrics() {
  const registry = new Registry();
  return {
    registry,
    ...counters(registry),
    ...durations(registry),
    setBacklog: backlogGauges(registry),
    /** Memory, event loop and the like of the process. */
    collectProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

function counters(registry: Registry) {
  const counter = <Label extends string>(
    name: string,
    label: Label | Label[],
    help: string,
  ) =>
    new Counter<Label>({
      ...{ name: PREFIX + name, help, labelNames: [label].flat() as Label[] },
      registers: [registry],
    });
  return {
    webhooks: counter('webhooks_total', 'result', 'Requests to /webhook.'),
    events: counter('events_total', 'kind', 'New events stored.'),
    duplicates: counter('duplicates_total', 'kind', 'Events that came again.'),
    forwards: counter(
      'forwards_total',
      ['result', 'route'],
      'Requests to OpenFn.',
    ),
    alerts: counter('alerts_total', 'result', 'Requests to ALERT_URL.'),
    deleted: counter('deleted_total', 'table', 'Rows deleted for their age.'),
  };
}

function durations(registry: Registry) {
  const seconds = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ) =>
    new Histogram<Label>({
      ...{ name: PREFIX + name, help, labelNames, buckets: BUCKETS },
      registers: [registry],
    });
  return {
    webhookSeconds: seconds('webhook_seconds', 'Until Meta is answered.'),
    forwardSeconds: seconds('forward_seconds', 'Until OpenFn has answered.', [
      'route',
    ]),
  };
}

function backlogGauges(registry: Registry): (backlog: Backlog[]) => void {
  const gauge = (name: string, help: string) =>
    new Gauge({
      ...{ name: PREFIX + name, help, labelNames: ['route'] },
      registers: [registry],
    });
  const waiting = gauge('forwards_waiting', 'What OpenFn has yet to take.');
  const dead = gauge('forwards_dead', 'What was given up.');
  const age = gauge('oldest_waiting_seconds', 'Age of the oldest of them.');
  return backlog => {
    // Routes that have nothing any more would keep what they had.
    for (const one of [waiting, dead, age]) one.reset();
    for (const { route, ...of } of backlog) {
      waiting.set({ route }, of.waiting);
      dead.set({ route }, of.dead);
      age.set({ route }, of.oldestSeconds);
    }
  };
}
