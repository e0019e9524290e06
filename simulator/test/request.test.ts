import { expect } from 'chai';
import { PHONE_NUMBER_ID, useSimulator } from './call';
import { KINDS } from './messages';

const MESSAGE = {
  messaging_product: 'whatsapp',
  to: '+15550100',
  ...KINDS.text,
};

describe('a request is refused', () => {
  const { simulator, post, call } = useSimulator();
  const path = `/v25.0/${PHONE_NUMBER_ID}/messages`;

  for (const authorization of ['', 'Bearer ', 'Bearer', 'Basic abc', 'token'])
    it(`without a token: "${authorization}"`, async () => {
      const { status, body } = await post(path, MESSAGE, { authorization });

      expect(status).to.equal(401);
      expect(body.error).to.include({ type: 'OAuthException', code: 190 });
    });

  for (const id of ['+15550100', 'undefined', 'me', '12a', 'v1'])
    it(`when the phone number ID is "${id}"`, async () => {
      const { status, body } = await post(`/v25.0/${id}/messages`, MESSAGE);

      expect(status).to.equal(400);
      expect(body.error).to.include({ code: 100, error_subcode: 33 });
    });

  for (const body of ['', '{', '[]', '"text"', 'null'])
    it(`when its body is ${body || 'empty'}`, async () => {
      const answer = await call(path, { method: 'POST', body });

      expect(answer.status).to.equal(400);
      expect(answer.body.error.code).to.equal(100);
    });

  it('when it does not say that it is JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const { status, body } = await post(path, MESSAGE, headers);

    expect(status).to.equal(400);
    expect(body.error.error_data.details).to.include('Content-Type');
  });

  it('in the form of Meta', async () => {
    const { body } = await post(path, { ...MESSAGE, to: undefined });

    expect(body.error.fbtrace_id).to.match(/^A[\w-]+$/);
    expect(body).to.deep.equal({
      error: {
        message: '(#131008) Required parameter is missing',
        type: 'OAuthException',
        code: 131008,
        error_data: {
          messaging_product: 'whatsapp',
          details: 'The parameter to, or recipient, is required.',
        },
        fbtrace_id: body.error.fbtrace_id,
      },
    });
  });

  it('for a path that Meta does not have', async () => {
    const { status, body } = await call('/v25.0/17/nothing');

    expect(status).to.equal(400);
    expect(body.error).to.include({ code: 100, error_subcode: 33 });
    expect(body.error.message).to.include("'17'");
  });

  afterEach(() => expect(simulator().transcript()).to.deep.equal([]));
});

describe('a simulator of one version', () => {
  const { post } = useSimulator({ apiVersion: 'v25.0' });
  const path = `/${PHONE_NUMBER_ID}/messages`;

  it('serves this one, also when no version is named', async () => {
    expect((await post(`/v25.0${path}`, MESSAGE)).status).to.equal(200);
    expect((await post(path, MESSAGE)).status).to.equal(200);
  });

  it('does not know another', async () => {
    const { status, body } = await post(`/v17.0${path}`, MESSAGE);

    expect(status).to.equal(400);
    expect(body.error).to.include({ code: 100, error_subcode: 33 });
  });
});
