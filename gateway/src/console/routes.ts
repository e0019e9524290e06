import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import type { GatewayError } from '../core/errors';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import { isId } from '../core/ids';
import type { Logger } from '../core/logger';
import { createControlHandlers } from '../routes/route-controls';
import type { ControlParts } from '../routes/route-controls';
import { BadParameter } from '../http/error-response';
import { parseBody } from '../routes/parameters';
import type { Settings } from '../settings/settings';
import { runAction } from './run-action';
import { SPANS } from './api';
import { createChoice, readAction, readFilter, readPlace } from './filter';
import { listEvents } from './list-events';
import { createLogin } from './login';
import { readOverview } from './overview';
import { readEvent } from './read-event';
import type { Statistics } from './statistics';

export type ConsoleParts = ControlParts & {
  settings: Settings;
  statistics: Statistics;
  wake: () => void;
  unready: () => GatewayError | undefined;
  log: Logger;
};

/**
 * Refuses what another site makes a browser send. Browsers say on https, and on
 * this machine, where a request comes from; elsewhere its origin is compared
 * with the host that was asked.
 */
const requireSameOrigin: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (method === 'GET' || method === 'HEAD' || isSameOrigin(context)) {
    return next();
  }
  return respondError(
    context,
    403,
    'CROSS_ORIGIN',
    'This request does not come from the console.',
    'Open the console at its own address. Behind a proxy, pass on the header Host or X-Forwarded-Host.',
  );
};

function isSameOrigin({ req }: Context): boolean {
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.header('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  const forwarded = req.header('x-forwarded-host')?.split(',').at(-1)?.trim();
  return host === req.header('host') || host === forwarded;
}

/** The console for operators: its files, the session, and what it asks for. */
export function createConsoleRoutes(parts: ConsoleParts): Hono {
  const { keys, settings, log } = parts;
  const login = createLogin({ keys, proxies: settings.trustProxy, log });
  return new Hono()
    .use(requireSameOrigin, bodyLimit({ maxSize: 64_000 }))
    .get('/', context => answerPage(context, keys))
    .get('/files/:name', answerFile)
    .get('/session', login.read)
    .post('/session', login.open)
    .delete('/session', login.close)
    .use('/api/*', login.required)
    .route('/api', createApiRoutes(parts));
}

function createApiRoutes(parts: ConsoleParts): Hono {
  const { database, unready, wake, log } = parts;
  return new Hono()
    .route('/', createControlHandlers(parts))
    .get('/overview', async context => {
      const { span = 'day' } = parseBody(spanSchema, context.req.query());
      const { reader } = database;
      const overview = readOverview(reader, parts, span, unready());
      return context.json(await overview);
    })
    .post('/events', async context => {
      const body = await bodyOf(context);
      const page = listEvents(
        database.reader,
        readFilter(body),
        readPlace(body),
      );
      return context.json(await page);
    })
    .get('/events/:id', async context => {
      const id = context.req.param('id').toLowerCase();
      const event = isId(id) ? await readEvent(database.reader, id) : undefined;
      if (event !== undefined) return context.json(event);
      return respondError(context, 404, 'UNKNOWN_EVENT', ...UNKNOWN_EVENT);
    })
    .post('/actions', async context => {
      const request = readAction(await bodyOf(context));
      const answer = await runAction(database, request);
      if (!request.dryRun && answer.count > 0) {
        const { action } = request;
        log.info({ action, forwards: answer.count }, 'the console acted');
        wake();
      }
      return context.json(answer);
    });
}

const spanSchema = v.object({ span: createChoice(SPANS) });

const bodyOf = (context: Context): Promise<unknown> =>
  context.req.json().catch(() => undefined);

const UNKNOWN_EVENT = [
  'There is no event with this ID.',
  'It was deleted after RETENTION_DAYS, or the address is not complete.',
] as const;

/** A file of the console, as a browser gets it. */
type ConsoleFile = { content: Uint8Array<ArrayBuffer>; type: string };

const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

/** The built files, beside the bundle or, when run from sources, in `dist`. */
function readConsoleFiles(): ReadonlyMap<string, ConsoleFile> {
  const folder = ['./console/', '../../dist/console/']
    .map(path => fileURLToPath(new URL(path, import.meta.url)))
    .find(path => existsSync(join(path, 'index.html')));
  const names = folder === undefined ? [] : readdirSync(folder);
  return new Map(
    names.map(name => {
      const content = new Uint8Array(readFileSync(join(folder ?? '', name)));
      const type = TYPES.get(extname(name)) ?? 'application/octet-stream';
      return [name, { content, type }];
    }),
  );
}

const files = readConsoleFiles();

function answerPage(context: Context, keys: Keys): Response {
  const isAllowed = keys.of('operate').length > 0;
  const page = files.get(isAllowed ? 'index.html' : 'no-key.html');
  if (page === undefined) throw new BadParameter('console', NOT_BUILT);
  context.header('Content-Type', page.type);
  return context.body(page.content, isAllowed ? 200 : 403);
}

const NOT_BUILT = 'Build the gateway first: npm run build -w gateway.';

/** Their names change with their content, but for the icon. */
function answerFile(context: Context): Response | Promise<Response> {
  const name = context.req.param('name') ?? '';
  const file = name.endsWith('.html') ? undefined : files.get(name);
  if (file === undefined) return context.notFound();
  context.header('Content-Type', file.type);
  context.header('Cache-Control', 'public, max-age=31536000, immutable');
  return context.body(file.content);
}
