import { expect } from 'chai';
import { Hono } from 'hono';
import { gate } from '../../src/http/gate';
import { until } from '../support/waiting';

describe('gate', () => {
  const refusals: string[] = [];
  const releases: (() => void)[] = [];
  const app = new Hono()
    .use(gate(250, 100, code => refusals.push(code)))
    .post('/', async context => {
      await new Promise<void>(resolve => releases.push(resolve));
      return context.text('in');
    });

  const send = (headers: Record<string, string>) =>
    app.request('/', { method: 'POST', headers });

  it('refuses more than fits, until there is room again', async () => {
    const inside = [
      send({ 'content-length': '90' }),
      // No more than the limit of a body, whatever is told, and that much when nothing is.
      send({ 'content-length': '100000' }),
      send({ 'content-length': '60' }),
    ];

    const refused = await send({});
    for (const release of releases.splice(0)) release();
    const answers = await Promise.all(inside);
    const later = send({});
    await until(() => releases.length === 1, 'letting in');
    for (const release of releases.splice(0)) release();

    expect(refused.status).to.equal(503);
    expect(refusals).to.deep.equal(['BUSY']);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect((await later).status).to.equal(200);
  });
});
