import type { Context } from 'hono';
import { Hono } from 'hono';
import { challenge, parse, verify } from '../../../src/webhook';
import type { AccountEvent } from '../../../src/types';
import type { Alerts } from '../alerts/alerter';
import type { Alert } from '../alerts/catalog';
import { alertOf, watchSignatures } from '../alerts/webhook-alerts';
import { composeAll, countKinds } from '../forward/compose';
import type { Destination } from '../settings/destination';
import {
  discard,
  respondError,
  respondErrorAndClose,
} from '../http/error-response';
import { addressOf, bodyOf, createReceive } from '../http/guard';
import type { Keys } from '../http/authorize';
import type { Logger } from '../core/logger';
import type { Metrics } from '../core/metrics';
import type { Settings } from '../settings/settings';
import { readEvents } from '../store/event-columns';
import type { ReadEvent } from '../store/event-columns';
import type { Reason } from '../store/quarantine';
import type { WebhookStore } from '../store/webhook-store';
import { createThrottledLog } from '../core/throttled-log';

export type WebhookParts = {
  settings: Settings;
  keys: Keys;
  destinations: Destination[];
  store: WebhookStore;
  /** Keeps a signed body that cannot be read. */
  quarantine: (reason: Reason, body: Buffer) => Promise<void>;
  /** They are told when something is to be forwarded. */
  forwarders: readonly { wake: () => void }[];
  alerts: Alerts;
  log: Logger;
  metrics: Metrics;
};

/** Status, code, what is wrong, and what to do about it. */
type Rejection = [400 | 401 | 403 | 413 | 503, string, string, string];

const WRONG_TOKEN: Rejection = [
  403,
  'WRONG_VERIFY_TOKEN',
  'This is no handshake with the verify token of this gateway.',
  "Enter the text of WHATSAPP_VERIFY_TOKEN as verify token in Meta's dashboard.",
];

const TOO_LARGE: Rejection = [
  413,
  'TOO_LARGE',
  'The body is larger than 3 MB, which is the most that Meta sends.',
  'Send less at once.',
];

const WRONG_SIGNATURE: Rejection = [
  401,
  'WRONG_SIGNATURE',
  'The body is not signed with the app secret of this gateway.',
  "Set WHATSAPP_APP_SECRET to the app secret from Meta's dashboard, App settings, Basic.",
];

const BUSY: Rejection = [
  503,
  'BUSY',
  'Too much is being received at the same time.',
  'Send it again later.',
];

const INCOMPLETE: Rejection = [
  400,
  'INCOMPLETE',
  'The body ended before it was complete.',
  'Send it again.',
];

const MB = 1024 * 1024;
const LIMITS = { body: 3 * MB, total: 128 * MB };
const REFUSALS = { TOO_LARGE, BUSY, INCOMPLETE };
const SIGNATURE = 'x-hub-signature-256';

/** Meta's side: the handshake, and the webhooks. */
export function createWebhookRoutes(parts: WebhookParts): Hono {
  const { log, metrics } = parts;
  const throttledLog = createThrottledLog(log, 'requests were refused');
  const count = (code: string) => {
    throttledLog.count(code);
    metrics.webhooks.inc({ result: code });
  };
  const noteInvalid = watchSignatures(parts.alerts);
  const reject: Reject = (context, [status, code, ...words]) => {
    count(code);
    if (code === 'WRONG_SIGNATURE') noteInvalid();
    return respondError(context, status, code, ...words);
  };

  const setAside = createSetAside(parts);
  const receive = createReceive(LIMITS);
  return new Hono()
    .get('/', context => shakeHands(context, parts, reject))
    .post('/', async context => {
      const seconds = metrics.webhookSeconds.startTimer();
      const address = addressOf(context, parts.settings.trustProxy);
      const source = bodyOf(context);
      const body = await receive(source, address);
      if (typeof body === 'string') {
        const refusal = reject(context, REFUSALS[body]);
        // Who has sent everything may go on with another webhook.
        if (body === 'TOO_LARGE' && (await discard(source))) return refusal;
        const text = await refusal.text();
        return respondErrorAndClose(refusal, text, discard(source));
      }
      const response = await answer(context, body, {
        ...parts,
        setAside,
        reject,
      });
      if (response.ok) seconds();
      return response;
    });
}

type Reject = (context: Context, rejection: Rejection) => Response;

function shakeHands(
  context: Context,
  { settings, log }: WebhookParts,
  reject: Reject,
): Response {
  const { searchParams } = new URL(context.req.url);
  const answer = challenge(searchParams, settings.verifyToken);
  if (answer === undefined) return reject(context, WRONG_TOKEN);
  log.info('Meta made its handshake');
  return context.text(answer);
}

async function answer(
  context: Context,
  body: Buffer,
  parts: WebhookParts & { setAside: SetAside; reject: Reject },
): Promise<Response> {
  const { keys, setAside, reject } = parts;
  const signature = context.req.header(SIGNATURE) ?? '';
  if (!verify(body, signature, keys.appSecrets)) {
    return reject(context, WRONG_SIGNATURE);
  }
  const raw = body.toString('utf8');
  const webhook = read(raw);
  if (typeof webhook === 'string') await setAside(webhook, body);
  else await store(parts, { raw, signature, ...webhook }, body.length);
  return context.text('');
}

type Read = { payload: unknown; events: ReadEvent[] };

/** The events of a body, or why it has none. */
function read(raw: string): Read | Reason {
  let payload: unknown;
  try {
    payload = JSON.parse(raw);
  } catch {
    return 'NOT_JSON';
  }
  try {
    return { payload, events: readEvents(parse(payload)) };
  } catch {
    return 'NOT_A_WEBHOOK';
  }
}

type SetAside = (reason: Reason, body: Buffer) => Promise<void>;

/** Meta does not send again what was answered 200, and gives up on a 4xx after 7 days. */
function createSetAside({ quarantine, metrics, log }: WebhookParts): SetAside {
  const throttledLog = createThrottledLog(
    log,
    'signed webhooks cannot be read, and are in GET /quarantine',
  );
  return async (reason, body) => {
    await quarantine(reason, body);
    metrics.webhooks.inc({ result: 'quarantined' });
    throttledLog.count(reason);
  };
}

/** Returns when the events are on disk. */
async function store(
  parts: WebhookParts,
  webhook: Read & { raw: string; signature: string },
  size: number,
): Promise<void> {
  const { store, destinations, forwarders, log, metrics } = parts;
  const { events } = webhook;
  const { fresh, forwards } = await store.add(
    {
      events: events.map(({ row }) => row),
      compose: fresh => composeAll(webhook, events, fresh, destinations),
      alerts: fresh => alertsOf(events, fresh),
    },
    size,
  );
  if (forwards > 0) forwarders.forEach(forwarder => forwarder.wake());
  const isFresh = ({ row }: ReadEvent) => fresh.has(row.id);
  const counts = countKinds(events.filter(isFresh));
  for (const { kind, row } of events) {
    const counter = fresh.has(row.id) ? metrics.events : metrics.duplicates;
    counter.inc({ kind });
  }
  metrics.webhooks.inc({ result: 'stored' });
  log.debug({ counts, repeated: events.length - fresh.size }, 'webhook stored');
  const told = alertsOf(events, fresh);
  if (told.length > 0) parts.alerts.announce(told);
}

function alertsOf(events: ReadEvent[], fresh: ReadonlySet<string>): Alert[] {
  return events
    .filter(({ kind, row }) => kind === 'account' && fresh.has(row.id))
    .map(({ row }) => alertOf(JSON.parse(row.item) as AccountEvent))
    .filter(alert => alert !== undefined);
}
