import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import type { Env } from './env';
import { MetaError, metaError, unsupportedRequest } from './errors';
import { misbehave, onlyVersion, record } from './middleware';
import { home } from './routes/home';
import { messages } from './routes/messages';
import { sandbox } from './routes/sandbox';
import { createWorld } from './world';

export interface SandboxOptions {
  /** Serve this version of the API only, e.g. `v25.0`; any version when not given. */
  apiVersion?: string;
}

// Routes are written once, for requests with and without a version.
const withoutVersion = (path: string) => path.replace(/^\/v\d+\.\d+\//, '/');

const answer = ({ body, status }: MetaError) => Response.json(body, { status });

/** The application, and the world it keeps. Each part of the API is a file in `routes`. */
export const createSandbox = ({ apiVersion }: SandboxOptions = {}) => {
  const world = createWorld();
  const app = new Hono<Env>({
    getPath: request => withoutVersion(getPath(request)),
  });

  app.route('/', home());
  app.route('/sandbox', sandbox(world));
  app.all('/sandbox/*', c => c.text('The sandbox has no such page.\n', 404));

  // From here on it is Meta's API: recorded, and open to faults.
  app.use(record(world), misbehave(world), onlyVersion(apiVersion));
  app.route('/', messages(world));

  app.notFound(c => {
    const [, id = ''] = c.req.path.split('/');
    return answer(unsupportedRequest(c.req.method, id));
  });
  app.onError(error =>
    answer(
      error instanceof MetaError ? error : metaError(131000, error.message),
    ),
  );
  return { app, world };
};
