import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import type { Env } from './core/env';
import { MetaError, metaError, unsupportedRequest } from './core/errors';
import { injectFault, onlyVersion, record } from './routes/middleware';
import { account } from './routes/account';
import { app as ofApp } from './routes/app';
import { blockUsers } from './routes/block-users';
import { files } from './routes/files';
import { gateway } from './routes/gateway';
import { history } from './routes/history';
import { home } from './routes/home';
import { media } from './routes/media';
import { messages } from './routes/messages';
import { numbers } from './routes/numbers';
import { onPremises } from './routes/on-premises';
import { profile } from './routes/profile';
import { simulator } from './routes/simulator';
import { subscriptions } from './routes/subscriptions';
import { templates } from './routes/templates';
import { createState } from './state';
import type { StateOptions } from './state';

export interface SimulatorOptions extends StateOptions {
  /** Serve this version of the API only, e.g. `v25.0`; any version when not given. */
  apiVersion?: string;
  /** Speak as the On-Premises API did, and as Turn.io does; as the Cloud API when not given. */
  apiVariant?: 'cloud' | 'on-premises';
}

// Routes are written once, for requests with and without a version.
const withoutVersion = (path: string) => path.replace(/^\/v\d+\.\d+\//, '/');

const answer = ({ body, status }: MetaError) => Response.json(body, { status });

/** The Cloud API, part by part. What one does not know of a path is left to the next. */
const CLOUD = [
  messages,
  media,
  templates,
  ofApp,
  profile,
  blockUsers,
  history,
  gateway,
  subscriptions,
  account,
  numbers,
];

/** Paths of the simulator began with `/sandbox` in its first version. */
const withNewName = (path: string) =>
  path.replace(/^\/sandbox(?=\/|$)/, '/simulator');

/** The application, and the state it keeps. Each part of the API is a file in `routes`. */
export const createSimulator = ({
  apiVersion,
  apiVariant,
  ...options
}: SimulatorOptions = {}) => {
  const state = createState(options);
  const app = new Hono<Env>({
    getPath: request => withNewName(withoutVersion(getPath(request))),
  });

  app.route('/', home());
  app.route('/simulator', simulator(state));
  app.route('/simulator/files', files(state));
  app.all('/simulator/*', c =>
    c.text('The simulator has no such page.\n', 404),
  );

  // From here on it is Meta's API: recorded, and open to faults.
  app.use(record(state), injectFault(state), onlyVersion(apiVersion));
  // It takes every path, so that nothing of the Cloud API is left.
  if (apiVariant === 'on-premises') app.route('/', onPremises(state));
  for (const part of CLOUD) app.route('/', part(state));

  app.notFound(c => {
    const [, id = ''] = c.req.path.split('/');
    return answer(unsupportedRequest(c.req.method, id));
  });
  app.onError(error =>
    answer(
      error instanceof MetaError ? error : metaError(131000, error.message),
    ),
  );
  return { app, state };
};
