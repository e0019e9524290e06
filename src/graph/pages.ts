import type { Client } from '../core/client';
import { sendRequest } from './send-request';
import { WhatsAppError } from '../core/errors';
import { isObject } from '../core/values';
import type { ListFacts } from '../types';
import type { ApiRequest, ApiResponse, Runtime } from './api-request';

/** How much of a list to read, and from where. */
export type Extent = {
  limit: number;
  after?: string | undefined;
  /** The most pages to ask for. Default 1000. */
  maxPages?: number | undefined;
  /** The most to ask for at once, where it is not that of Meta. */
  page?: number;
  /** What counts as an item, where Meta has lists of them within its list. */
  unfold?: (given: unknown) => unknown[];
};

/** A list as far as it was read. */
export type Listed = { items: unknown[]; response: ListFacts };

type Page = {
  items: unknown[];
  after: string | undefined;
  hasNext: boolean;
  /** How many there are on all pages, as the gateway tells it. */
  total: number | undefined;
};

// The most that Meta's lists give at once, and what they give well.
const PAGE = 100;
// As many as a run has time for.
const MAX_PAGES = 1000;

/**
 * Reads a list page by page, until it has `limit` items or the list ends. The
 * cursor is followed, never the address in `paging.next`, which could name
 * another host.
 */
export async function readPages(
  client: Client,
  call: Omit<ApiRequest, 'method'>,
  extent: Extent,
  runtime?: Runtime,
): Promise<Listed> {
  const { limit, after, page: most = PAGE, maxPages = MAX_PAGES } = extent;
  const { unfold = (given: unknown) => [given] } = extent;
  const items: unknown[] = [];
  const exchanges: ApiResponse[] = [];
  const seen = new Set([after]);
  for (let cursor = after; ;) {
    const wanted = Math.min(most, limit - items.length);
    const query = { ...call.query, limit: wanted, after: cursor };
    const page = { ...call, method: 'GET', query };
    const answer = await sendRequest(client, page, runtime);
    const read = readPage(answer);
    // A list may be long: its pages are not kept beside its items.
    exchanges.push({ ...answer, body: undefined });
    for (const item of read.items.flatMap(unfold)) items.push(item);
    const isEnough = items.length >= limit;
    if (isEnough || read.after === undefined) {
      return listed(items, limit, read, exchanges);
    }
    // A server that gives a cursor again would be asked for ever.
    if (seen.has(read.after)) throw repeated(exchanges.length);
    if (exchanges.length >= maxPages) throw endless(maxPages);
    cursor = read.after;
    seen.add(cursor);
  }
}

function listed(
  items: unknown[],
  limit: number,
  { after, hasNext, total }: Page,
  exchanges: ApiResponse[],
): Listed {
  // A server that gave more than it was asked for has no cursor for the place where we stop.
  const isCut = items.length > limit;
  return {
    items: items.slice(0, limit),
    response: {
      ...factsOf(exchanges),
      hasNext: hasNext || isCut,
      ...(after !== undefined && !isCut && { after }),
      ...(total !== undefined && { total }),
    },
  };
}

/** Of several exchanges: the last one, with what all of them took. */
function factsOf(exchanges: ApiResponse[]) {
  const { method, path, statusCode } = exchanges.at(-1)!;
  const sum = (of: (exchange: ApiResponse) => number) =>
    exchanges.reduce((total, each) => total + of(each), 0);
  return {
    method,
    path,
    statusCode,
    duration: sum(({ duration }) => duration),
    attempts: sum(({ attempts }) => attempts),
    pages: exchanges.length,
  };
}

/** A page of Meta, which has `next` when there is more, or of the gateway, which has `after` then. */
function readPage({ body, statusCode }: ApiResponse): Page {
  const { data, paging, total } = isObject(body) ? body : {};
  // Taken for an empty list, it would say that there is nothing.
  if (!Array.isArray(data)) return refuseAnswer(statusCode);
  const { next, cursors, after } = isObject(paging) ? paging : {};
  const cursor = after ?? (isObject(cursors) ? cursors['after'] : undefined);
  const hasNext = after !== undefined || typeof next === 'string';
  return {
    items: data as unknown[],
    after: hasNext && typeof cursor === 'string' ? cursor : undefined,
    hasNext,
    total: Number.isSafeInteger(total) ? Number(total) : undefined,
  };
}

function refuseAnswer(statusCode: number): never {
  throw new WhatsAppError({
    code: 'ANSWER_UNREADABLE',
    description: 'The answer is no list.',
    fix: 'Check baseUrl in the credential; if it is right, run the job again.',
    statusCode,
    retryable: true,
    sent: 'no',
  });
}

const repeated = (pages: number) =>
  new WhatsAppError({
    code: 'CURSOR_REPEATED',
    description: `The list goes round in a circle: after ${pages} pages, the server gave a cursor that it had given before.`,
    fix: 'Run the job again. If it stays, read less with a smaller limit, and report it to whoever runs the server.',
    retryable: true,
    sent: 'no',
  });

const endless = (maxPages: number) =>
  new WhatsAppError({
    code: 'PAGES_EXCEEDED',
    description: `The list has more than ${maxPages} pages.`,
    fix: 'Read it in parts, with a smaller limit and then after; or give a larger maxPages.',
    retryable: false,
    sent: 'no',
  });
