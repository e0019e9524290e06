import { connect } from '../../src/core/client';
import { expect } from 'chai';
import { readPages } from '../../src/graph/pages';
import type { Extent } from '../../src/graph/pages';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { fakeRuntime, metaError } from './fake-runtime';
import type { Turn } from './fake-runtime';

const client = connect({ apiToken: 'TOKEN' });

/** A page of Meta's: its items, and the cursor of what comes after. */
const page = (items: unknown[], after?: string, hasNext = true): Turn => ({
  body: {
    data: items,
    ...(after !== undefined && {
      paging: {
        cursors: { before: 'b', after },
        ...(hasNext && { next: 'https://evil.example/next?access_token=T' }),
      },
    }),
  },
});

async function read(turns: Turn[], extent: Extent) {
  const { runtime, requests } = fakeRuntime(...turns);
  const call = { parts: ['1', 'items'], query: { fields: 'id' } };
  const { result } = await collectLogs(() =>
    readPages(client, call, extent, runtime),
  );
  return { ...result, paths: requests.map(({ path }) => path), requests };
}

describe('readPages', () => {
  it('reads a list of one page', async () => {
    const { items, response, paths } = await read([page([1, 2], 'c', false)], {
      limit: 10,
    });

    expect(items).to.deep.equal([1, 2]);
    expect(response).to.include({ hasNext: false, pages: 1, attempts: 1 });
    expect(response).not.to.have.property('after');
    expect(paths).to.deep.equal(['/v25.0/1/items?fields=id&limit=10']);
  });

  it('follows the cursor, and never the address', async () => {
    const { items, requests, paths } = await read(
      [page([1], 'c1'), page([2], 'c2'), page([3])],
      { limit: 10 },
    );

    expect(items).to.deep.equal([1, 2, 3]);
    expect(new Set(requests.map(({ origin }) => origin))).to.deep.equal(
      new Set(['https://graph.facebook.com']),
    );
    expect(paths.slice(1)).to.deep.equal([
      '/v25.0/1/items?fields=id&limit=9&after=c1',
      '/v25.0/1/items?fields=id&limit=8&after=c2',
    ]);
  });

  it('stops at the limit, and says where the rest begins', async () => {
    const { items, response } = await read(
      [page([1, 2], 'c1'), page([3], 'c2')],
      { limit: 3 },
    );

    expect(items).to.deep.equal([1, 2, 3]);
    expect(response).to.include({ hasNext: true, after: 'c2', pages: 2 });
  });

  it('goes on where a list before it stopped', async () => {
    const { paths } = await read([page([4])], { limit: 3, after: 'c2' });

    expect(paths[0]).to.contain('after=c2');
  });

  it('asks for a hundred at most at once', async () => {
    const { paths } = await read([page([1])], { limit: 5000 });

    expect(paths[0]).to.contain('limit=100');
  });

  it('asks for more at once where more is given', async () => {
    const extent = { limit: 1500, page: 1000 };
    const { paths } = await read([page([1], 'c'), page([2])], extent);

    expect(paths[0]).to.match(/limit=1000$/);
    expect(paths[1]).to.contain('limit=1000');
  });

  it('counts what stands in lists within the list', async () => {
    const { items, response, paths } = await read(
      [page([[1, 2]], 'c1'), page([[3]], 'c2')],
      { limit: 3, unfold: given => given as unknown[] },
    );

    expect(items).to.deep.equal([1, 2, 3]);
    expect(response).to.include({ after: 'c2' });
    expect(paths[1]).to.contain('limit=1&');
  });

  it('cuts what is more than was asked for, and has no cursor then', async () => {
    const { items, response } = await read([page([1, 2, 3], 'c1')], {
      limit: 2,
    });

    expect(items).to.deep.equal([1, 2]);
    expect(response).to.include({ hasNext: true });
    expect(response).not.to.have.property('after');
  });

  it('fails when the cursors go round in a circle', async () => {
    for (const turns of [
      [page([1], 'same')],
      [page([], 'a'), page([], 'b'), page([], 'a'), page([])],
    ]) {
      await rejects(read(turns, { limit: 10 }), {
        code: 'CURSOR_REPEATED',
        sent: 'no',
      });
    }
  });

  it('takes a cursor that comes again with the last item for the end', async () => {
    const { items } = await read([page([1], 'a'), page([2], 'a')], {
      limit: 2,
    });

    expect(items).to.deep.equal([1, 2]);
  });

  it('fails when there are more pages than a list has', async () => {
    const endless = (count: number) =>
      Array.from({ length: count }, (_, index) => page([], `c${index}`));

    await rejects(read(endless(1001), { limit: 10 }), {
      code: 'PAGES_EXCEEDED',
      sent: 'no',
    });
    await rejects(read(endless(4), { limit: 10, maxPages: 3 }), {
      code: 'PAGES_EXCEEDED',
    });
  });

  it('reads as many items as a page has', async () => {
    const many = Array.from({ length: 300_000 }, (_, index) => index);
    const { items } = await read([page(many)], { limit: 300_000 });

    expect(items).to.have.length(300_000);
  });

  it('reads the pages of the gateway, whose cursor stands by itself', async () => {
    const { items } = await read(
      [
        { body: { data: [1], paging: { after: 'c1' } } },
        { body: { data: [2], paging: {} } },
      ],
      { limit: 10 },
    );

    expect(items).to.deep.equal([1, 2]);
  });

  for (const body of [{ id: '1' }, '', { data: {} }]) {
    it(`does not take ${JSON.stringify(body)} for an empty list`, () =>
      rejects(read([{ body }], { limit: 10 }), {
        code: 'ANSWER_UNREADABLE',
        sent: 'no',
      }));
  }

  it('repeats a page that failed, and adds up the tries', async () => {
    const { response } = await read(
      [page([1], 'c1'), { statusCode: 503, body: '' }, page([2])],
      { limit: 10 },
    );

    expect(response).to.include({ attempts: 3, pages: 2 });
  });

  it('says that a cursor is too old', async () => {
    await rejects(read([metaError(131059)], { limit: 1, after: 'old' }), {
      code: 'CURSOR_INVALID',
    });
  });
});
