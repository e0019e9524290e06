import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { GatewayError } from '../errors';
import type { Keys } from '../http/authorize';
import { failure } from '../http/failure';
import { isId } from '../ids';
import type { Logger } from '../logger';
import { controlHandlers } from '../routes/controls';
import type { ControlParts } from '../routes/controls';
import { BadParameter } from '../routes/parameters';
import type { Settings } from '../settings/settings';
import { act } from './act';
import { SPANS } from './api';
import { readConsoleFiles } from './files';
import { objectOf, oneOf, readAction, readFilter, readPlace } from './filter';
import { listEvents } from './list-events';
import { createLogin } from './login';
import { readOverview } from './overview';
import { readEvent } from './read-event';
import { sameOriginOnly } from './same-origin';
import type { Statistics } from './statistics';

export type ConsoleParts = ControlParts & {
  settings: Settings;
  statistics: Statistics;
  wake: () => void;
  unready: () => GatewayError | undefined;
  log: Logger;
};

/** The console for operators: its files, the session, and what it asks for. */
export function consoleRoutes(parts: ConsoleParts): Hono {
  const { keys, settings, log } = parts;
  const login = createLogin({ keys, proxies: settings.trustProxy, log });
  return new Hono()
    .use(sameOriginOnly, bodyLimit({ maxSize: 64_000 }))
    .get('/', context => answerPage(context, keys))
    .get('/files/:name', answerFile)
    .get('/session', login.read)
    .post('/session', login.open)
    .delete('/session', login.close)
    .use('/api/*', login.required)
    .route('/api', apiRoutes(parts));
}

function apiRoutes(parts: ConsoleParts): Hono {
  const { database, unready, wake, log } = parts;
  return new Hono()
    .route('/', controlHandlers(parts))
    .get('/overview', async context => {
      const { span } = context.req.query();
      const chosen = oneOf('span', SPANS, span) ?? 'day';
      const { reader } = database;
      const overview = readOverview(reader, parts, chosen, unready());
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
      return failure(context, 404, 'UNKNOWN_EVENT', ...UNKNOWN_EVENT);
    })
    .post('/actions', async context => {
      const request = readAction(await bodyOf(context));
      const answer = await act(database, request);
      if (!request.dryRun && answer.count > 0) {
        const { action } = request;
        log.info({ action, forwards: answer.count }, 'the console acted');
        wake();
      }
      return context.json(answer);
    });
}

async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return objectOf(body);
}

const UNKNOWN_EVENT = [
  'There is no event with this ID.',
  'It was deleted after RETENTION_DAYS, or the address is not complete.',
] as const;

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
