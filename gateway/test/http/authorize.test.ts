import { expect } from 'chai';
import { Hono } from 'hono';
import { authorize } from '../../src/http/authorize';

const ask = (key: string | undefined, authorization?: string) => {
  const app = new Hono().use(authorize(key)).get('/', c => c.text('secret'));
  const headers = authorization === undefined ? {} : { authorization };
  return app.request('/', { headers });
};

describe('authorize', () => {
  for (const header of ['Bearer a-key', 'bearer  a-key ', 'BEARER a-key']) {
    it(`lets ${JSON.stringify(header)} through`, async () => {
      expect((await ask('a-key', header)).status).to.equal(200);
    });
  }

  for (const header of [
    undefined,
    '',
    'a-key',
    'Bearer',
    'Bearer a-ke',
    'Bearer a-key2',
    'Bearer a-key a-key',
    'Basic a-key',
    'Bearer undefined',
  ]) {
    it(`refuses ${JSON.stringify(header)}`, async () => {
      const response = await ask('a-key', header);

      expect(response.status).to.equal(401);
      expect(response.headers.get('www-authenticate')).to.equal('Bearer');
    });
  }

  it('lets nobody through when there is no key', async () => {
    const response = await ask(undefined, 'Bearer undefined');

    expect(response.status).to.equal(403);
    expect(await response.json()).to.have.nested.property(
      'error.code',
      'READING_DISABLED',
    );
  });
});
