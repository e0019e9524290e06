import * as v from 'valibot';
import type { Client } from '../../core/client';
import { refuse } from '../../core/errors';
import type { Context, Result } from '../../core/operation';
import { isObject, objectsIn } from '../../core/values';
import { readPages } from '../../graph/pages';
import type { Extent } from '../../graph/pages';
import { factsOf } from '../../graph/request';
import { sendRequest } from '../../graph/send-request';
import type { AnalyticsOptions, DataPoint } from '../../types';
import { deliveryOf, readAccountOptions, readPageOptions } from '../options';
import type { OptionSchemas } from '../options';
import { asIsoTime } from '../time';
import {
  expand,
  KINDS,
  readFilters,
  readGranularity,
  readPeriod,
} from './question';
import type { Kind, KindName, Question } from './question';

/** Numbers about the account: one kind of them, over a time. */
export async function readAnalytics(
  { client }: Context,
  given: unknown,
  givenOptions: unknown,
): Promise<Result> {
  const kind = readKind(given);
  const schemas = optionsOf(kind);
  if (kind.isEdge) {
    const paged = readPageOptions<AnalyticsOptions>(givenOptions, schemas);
    return atEdge(client, kind, paged.options, paged.extent);
  }
  const options = readAccountOptions<AnalyticsOptions>(givenOptions, schemas);
  const { points, response } = await inField(client, kind, options);
  return { data: points, response };
}

/** The options of a kind, each known by name; their values are read later. */
export function optionsOf({ filters }: Kind): OptionSchemas {
  const names = ['start', 'end', 'granularity', ...Object.keys(filters)];
  return Object.fromEntries(names.map(name => [name, v.unknown()]));
}

function readQuestion(options: AnalyticsOptions, kind: Kind): Question {
  const { start, end, granularity } = options;
  return {
    period: readPeriod(start, end, kind.lookback, Date.now()),
    granularity: readGranularity(granularity, kind),
    filters: readFilters({ ...options }, kind),
  };
}

/** Most kinds are fields of the account. */
export async function inField(
  client: Client,
  kind: Kind,
  options: AnalyticsOptions,
) {
  const question = readQuestion(options, kind);
  const answer = await sendRequest(client, {
    method: 'GET',
    parts: [client.id('wabaId')],
    search: `fields=${expand(kind, question)}`,
    ...deliveryOf(options),
  });
  const counted = isObject(answer.body) ? answer.body[kind.field] : undefined;
  return { points: pointsIn([counted]), response: factsOf(answer) };
}

/** Those of templates are a list of their own. */
async function atEdge(
  client: Client,
  kind: Kind,
  options: AnalyticsOptions,
  extent: Extent,
): Promise<Result> {
  if (options.templateIds === undefined) {
    refuse(
      'INVALID_OPTIONS',
      'The option templateIds is missing.',
      'Give the IDs of the templates, as listTemplates leaves them.',
    );
  }
  const { period, granularity, filters } = readQuestion(options, kind);
  const call = {
    parts: [client.id('wabaId'), kind.field],
    query: { ...period, granularity, ...Object.fromEntries(filters) },
    ...deliveryOf(options),
  };
  const { items, response } = await readPages(client, call, extent);
  return { data: pointsIn(items), response };
}

function readKind(given: unknown): Kind {
  if (typeof given === 'string' && Object.hasOwn(KINDS, given)) {
    return KINDS[given as KindName];
  }
  return refuse(
    'INVALID_REQUEST',
    'There are no analytics of this kind.',
    `Use ${Object.keys(KINDS)
      .map(name => `'${name}'`)
      .join(', ')}.`,
  );
}

/** The data points of an answer, flat, however deep Meta puts them. */
export function pointsIn(counted: readonly unknown[]): DataPoint[] {
  return counted
    .filter(isObject)
    .flatMap(({ data_points, data }) => [
      ...objectsIn(data_points).map(pointOf),
      ...pointsIn(objectsIn(data)),
    ]);
}

const pointOf = (point: Record<string, unknown>) =>
  ({
    ...point,
    start: asIsoTime(point['start']),
    end: asIsoTime(point['end']),
  }) as DataPoint;
