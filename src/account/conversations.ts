import { KINDS } from './analytics/question';
import { inField, optionsOf } from './analytics/get-analytics';
import type { Client } from '../core/client';
import { wholeNumber } from '../schema/rules';
import * as v from 'valibot';
import type { Context, Result } from '../core/operation';
import { listAtGateway } from '../graph/gateway';
import type { AnalyticsOptions } from '../types';
import { deliveryOf, readAccountOptions, readPageOptions } from './options';
import { readOptionalTime } from './time';

/**
 * Conversations: with the gateway, who wrote and whether they can be answered;
 * with Meta alone, how many there were, and of what kind.
 */
export function readConversations(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  return client.hasGateway
    ? keptByGateway(client, given)
    : countedByMeta(client, given);
}

async function keptByGateway(client: Client, given: unknown): Promise<Result> {
  const { options, extent } = readPageOptions<AnalyticsOptions>(given, {
    start: v.unknown(),
    end: v.unknown(),
  });
  const query = {
    since: readOptionalTime(options.start, 'The option start'),
    until: readOptionalTime(options.end, 'The option end'),
  };
  const question = { query, ...deliveryOf(options) };
  const path = ['conversations'];
  const { items: conversations, response } = await listAtGateway(
    client,
    path,
    question,
    extent,
  );
  // A gateway of an earlier version does not count: better no total than one that is too small.
  const { total } = response;
  return {
    data: {
      conversations,
      ...(total !== undefined && { total }),
      source: 'gateway',
    },
    response,
  };
}

const KIND = KINDS.conversations;

// Without dimensions Meta gives bare sums, which say nothing about conversations.
const DIMENSIONS = ['CONVERSATION_CATEGORY', 'CONVERSATION_TYPE'];

async function countedByMeta(client: Client, given: unknown): Promise<Result> {
  const options = readAccountOptions<AnalyticsOptions>(given, {
    ...optionsOf(KIND),
    limit: wholeNumber(1),
  });
  const { limit = Infinity, ...rest } = options;
  const { points, response } = await inField(client, KIND, {
    dimensions: DIMENSIONS,
    ...rest,
  });
  const conversations = points.slice(0, limit);
  const counts = points
    .map(({ conversation }) => conversation)
    .filter(isNumber);
  // Asked for costs only, Meta counts no conversations.
  const isCounted = points.length === 0 || counts.length > 0;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    data: { conversations, ...(isCounted && { total }), source: 'meta' },
    response: { ...response, hasNext: points.length > limit },
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
