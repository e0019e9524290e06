import * as v from 'valibot';
import type { ReplayOptions } from '../replay/replay-forwards';
import type { Destination } from '../settings/destination';
import { KINDS } from '../settings/forwarding';
import { BadParameter } from '../http/error-response';
import { TIME_FIX, parseBody, timeSchema } from './parameters';

const NAMES = 'from, to, kind, route, only, moveTo, dryRun';
const KIND = `Write one of ${KINDS.join(', ')}.`;
const NAME = 'Write the name of a route.';

const word = (fix: string) =>
  v.exactOptional(v.pipe(v.string(fix), v.regex(/^[^\0]+$/, fix)));

const schema: v.GenericSchema<unknown, ReplayOptions> = v.pipe(
  v.strictObject(
    {
      from: timeSchema,
      to: timeSchema,
      kind: v.exactOptional(v.picklist(KINDS, KIND)),
      route: word(NAME),
      moveTo: word(NAME),
      only: v.exactOptional(v.picklist(['sent', 'new'], 'Write sent or new.')),
      dryRun: v.optional(v.boolean('Write true or false.'), false),
    },
    // A misspelled dryRun would send everything.
    ({ expected }) =>
      expected === 'never' ? `Write only ${NAMES}.` : TIME_FIX,
  ),
  v.forward(
    v.check(({ from, to }) => from < to, 'Write a time after from.'),
    ['to'],
  ),
  v.forward(
    v.check(
      ({ route, only, moveTo }) =>
        route !== undefined || !(only === 'new' || moveTo !== undefined),
      `${NAME} It is needed here.`,
    ),
    ['route'],
  ),
  v.forward(
    v.check(
      ({ only, moveTo }) => moveTo === undefined || only === undefined,
      'Leave it out beside moveTo.',
    ),
    ['only'],
  ),
  v.transform(({ from, to, ...others }) => ({
    ...{ from: from.toISOString(), to: to.toISOString() },
    ...others,
  })),
);

/** What to send again, as it is written in a request, or in options. */
export function readReplayOptions(given: unknown): ReplayOptions {
  return parseBody(schema, given, 'Send a JSON object with from and to.');
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
