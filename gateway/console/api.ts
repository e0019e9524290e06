import type {
  ActionAnswer,
  ActionRequest,
  ErrorAnswer,
  EventDetail,
  EventFilter,
  EventPage,
  Overview,
  Span,
} from '../src/console/api';

import type { ControlChange } from '../src/forward/route-controls';
import type { RouteState } from '../src/routes/route-controls';

export type * from '../src/console/api';
export type { RouteState };
export type RouteChange = ControlChange;

/** What the gateway refused, or why it could not be asked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

let onLoggedOut = () => {};

/** What to do when the session has ended. */
export function whenLoggedOut(listener: () => void): void {
  onLoggedOut = listener;
}

async function ask<T>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`/console/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new ApiError(0, 'UNREACHABLE', ...UNREACHABLE);
  });
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  const { error } = (answer ?? { error: UNREADABLE }) as ErrorAnswer;
  if (error.code === 'LOGGED_OUT') onLoggedOut();
  const { code, message, fix } = error;
  throw new ApiError(response.status, code, message, fix);
}

const UNREACHABLE = [
  'The gateway cannot be reached.',
  'Check your connection, and whether the gateway runs.',
] as const;

const UNREADABLE = {
  code: 'UNREADABLE',
  message: 'Something in front of the gateway answered.',
  fix: 'Check the reverse proxy.',
};

export const api = {
  session: () => ask<{ isOpen: boolean }>('GET', 'session'),
  logIn: (key: string) => ask<void>('POST', 'session', { key }),
  logOut: () => ask<void>('DELETE', 'session'),
  overview: (span: Span) => ask<Overview>('GET', `api/overview?span=${span}`),
  events: (filter: EventFilter, after?: string) =>
    ask<EventPage>('POST', 'api/events', { ...filter, after }),
  event: (id: string) => ask<EventDetail>('GET', `api/events/${id}`),
  act: (request: ActionRequest) =>
    ask<ActionAnswer>('POST', 'api/actions', request),
  routes: () => ask<{ data: RouteState[] }>('GET', 'api/routes'),
  changeRoute: (name: string, change: RouteChange) =>
    ask<RouteState>('PATCH', `api/routes/${encodeURIComponent(name)}`, change),
};
