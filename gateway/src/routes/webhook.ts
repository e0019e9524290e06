import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { challenge, parse, verify } from '../../../src/webhook';
import { compose, countKinds } from '../forward/compose';
import { failure } from '../http/failure';
import { gate } from '../http/gate';
import type { Keys } from '../http/authorize';
import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import type { Settings } from '../settings/settings';
import { readEvents } from '../store/read-events';
import type { ReadEvent } from '../store/read-events';
import type { WebhookStore } from '../store/store-webhook';
import {
  INCOMPLETE,
  NOT_A_WEBHOOK,
  TOO_LARGE,
  WRONG_SIGNATURE,
  WRONG_TOKEN,
} from './rejections';
import type { Rejection } from './rejections';
import { createTally } from '../tally';

export type WebhookParts = {
  settings: Settings;
  keys: Keys;
  store: WebhookStore;
  /** Something is to be forwarded. */
  wake: () => void;
  log: Logger;
  metrics: Metrics;
};

const MOST_BYTES = 3 * 1024 * 1024;
const MOST_BYTES_AT_ONCE = 128 * 1024 * 1024;
const SIGNATURE = 'x-hub-signature-256';

/** Meta's side: the handshake, and the webhooks. */
export function webhookRoutes(parts: WebhookParts): Hono {
  const { log, metrics } = parts;
  const tally = createTally(log, 'requests were refused');
  const count = (code: string) => {
    tally.count(code);
    metrics.webhooks.inc({ result: code });
  };
  const reject: Reject = (context, [status, code, ...words]) => {
    count(code);
    return failure(context, status, code, ...words);
  };

  return new Hono()
    .get('/', context => shakeHands(context, parts, reject))
    .post(
      '/',
      gate(MOST_BYTES_AT_ONCE, MOST_BYTES, count),
      bodyLimit({
        maxSize: MOST_BYTES,
        onError: context => reject(context, TOO_LARGE),
      }),
      context => receive(context, parts, reject),
    );
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

async function receive(
  context: Context,
  parts: WebhookParts,
  reject: Reject,
): Promise<Response> {
  const { keys, metrics } = parts;
  const seconds = metrics.webhookSeconds.startTimer();
  const body = await readBody(context);
  if (body === undefined) return reject(context, INCOMPLETE);
  const signature = context.req.header(SIGNATURE) ?? '';
  if (!verify(body, signature, keys.appSecrets())) {
    return reject(context, WRONG_SIGNATURE);
  }
  const raw = body.toString('utf8');
  const webhook = read(raw);
  if (webhook === undefined) return reject(context, NOT_A_WEBHOOK);
  await store(parts, { raw, signature, ...webhook }, body.length);
  seconds();
  return context.text('');
}

/** Undefined when the sender hangs up, or is too slow. */
async function readBody({ req }: Context): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await req.arrayBuffer());
  } catch {
    return undefined;
  }
}

type Read = { payload: unknown; events: ReadEvent[] };

/** The events of a body; undefined when it is no webhook. */
function read(raw: string): Read | undefined {
  try {
    const payload: unknown = JSON.parse(raw);
    return { payload, events: readEvents(parse(payload)) };
  } catch {
    return undefined;
  }
}

/** Returns when the events are on disk. */
async function store(
  { store, settings, wake, log, metrics }: WebhookParts,
  webhook: Read & { raw: string; signature: string },
  size: number,
): Promise<void> {
  const { events } = webhook;
  const { fresh, forwards } = await store.add(
    {
      events: events.map(({ row }) => row),
      compose: fresh => compose(webhook, events, fresh, settings),
    },
    size,
  );
  if (forwards > 0) wake();
  const isFresh = ({ row }: ReadEvent) => fresh.has(row.id);
  const counts = countKinds(events.filter(isFresh));
  for (const { kind, row } of events) {
    const counter = fresh.has(row.id) ? metrics.events : metrics.duplicates;
    counter.inc({ kind });
  }
  metrics.webhooks.inc({ result: 'stored' });
  log.debug({ counts, repeated: events.length - fresh.size }, 'webhook stored');
}
