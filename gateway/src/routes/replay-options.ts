import type { ReplayOptions } from '../forward/replay';
import type { Destination } from '../settings/destination';
import { BadParameter, readTime } from './parameters';

const NAMES = ['from', 'to', 'kind', 'route', 'only', 'moveTo', 'dryRun'];

/** What to send again, as it is written in a request, or in options. */
export function readReplayOptions(
  given: Record<string, unknown>,
): ReplayOptions {
  // A misspelled dryRun would send everything.
  if (Object.keys(given).some(name => !NAMES.includes(name))) {
    throw new BadParameter('body', `Write only ${NAMES.join(', ')}.`);
  }
  const { dryRun = false } = given;
  if (typeof dryRun !== 'boolean') {
    throw new BadParameter('dryRun', 'Write true or false.');
  }
  const [from, to] = [timeOf('from', given), timeOf('to', given)];
  if (from >= to) throw new BadParameter('to', 'Write a time after from.');
  const options: ReplayOptions = {
    ...{ from: from.toISOString(), to: to.toISOString(), dryRun },
    ...word('kind', given, 'Write one kind, such as messages.'),
    ...word('route', given, NAME),
    ...word('moveTo', given, NAME),
    ...word('only', given, ONLY),
  };
  checkTogether(options);
  return options;
}

const NAME = 'Write the name of a route.';
const ONLY = 'Write sent or new.';

function word(name: string, given: Record<string, unknown>, fix: string) {
  const value = given[name];
  if (value === undefined) return {};
  if (typeof value === 'string' && !/^$|\0/.test(value)) {
    return { [name]: value };
  }
  throw new BadParameter(name, fix);
}

function checkTogether({ route, only, moveTo }: ReplayOptions): void {
  if (only !== undefined && !['sent', 'new'].includes(only)) {
    throw new BadParameter('only', ONLY);
  }
  if (route !== undefined) {
    if (moveTo !== undefined && only !== undefined) {
      throw new BadParameter('only', 'Leave it out beside moveTo.');
    }
    return;
  }
  if (only === 'new' || moveTo !== undefined) {
    throw new BadParameter('route', `${NAME} It is needed here.`);
  }
}

function timeOf(name: string, given: Record<string, unknown>): Date {
  const value = given[name];
  const time = typeof value === 'string' ? readTime(name, value) : undefined;
  if (time !== undefined) return time;
  throw new BadParameter(
    name,
    'Write an ISO time, such as 2026-11-20T08:00:00Z.',
  );
}

/** A route that gets something has to be one that is sent. */
export function checkRoutes(
  { route, only, moveTo }: ReplayOptions,
  destinations: readonly Destination[],
): void {
  const find = (name: string) => destinations.find(one => one.name === name);
  const known = destinations.map(({ name }) => name).join(', ') || 'none';
  if (moveTo !== undefined && find(moveTo) === undefined) {
    throw new BadParameter('moveTo', `Write one of the routes: ${known}.`);
  }
  if (route === undefined || moveTo !== undefined || only === 'sent') return;
  const destination = find(route);
  if (destination === undefined) {
    throw new BadParameter(
      'route',
      `Write one of the routes: ${known}. For what a route got that is there no longer, write only: sent.`,
    );
  }
  if (destination.isRaw) {
    throw new BadParameter(
      'route',
      'The route forwards raw bodies with their signatures, which are not kept: write only: sent.',
    );
  }
}
