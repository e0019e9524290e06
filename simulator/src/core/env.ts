import type { HttpBindings } from '@hono/node-server';

/** What Hono knows here: the request and the answer of Node itself. */
export interface Env {
  Bindings: HttpBindings;
}
