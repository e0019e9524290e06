import { expect } from 'chai';
import { useSimulator } from './call';
import { KINDS } from './messages';

const hello = KINDS.text!;

const causeOf = (promise: Promise<unknown>): Promise<{ code?: string }> =>
  promise.then(
    () => expect.fail('the call was answered'),
    (error: Error) => error.cause as { code?: string },
  );

describe('a fault', () => {
  const { simulator, send } = useSimulator();
  const sent = () => simulator().transcript().length;

  for (const code of [4, 80007, 130429, 131056, 131057, 134101])
    it(`throttles the first calls with ${code}, then stops`, async () => {
      simulator().fault({ times: 2, code });

      const codes = [await send(hello), await send(hello), await send(hello)];

      expect(codes.map(({ body }) => body.error?.code)).to.deep.equal([
        code,
        code,
        undefined,
      ]);
      expect(sent()).to.equal(1);
    });

  it('answers in the form of Meta, with what was asked for', async () => {
    const headers = { 'retry-after': '7' };
    simulator().fault({ code: 130429, status: 429, subcode: 5, headers });

    const answer = await send(hello);

    expect(answer.status).to.equal(429);
    expect(answer.headers.get('retry-after')).to.equal('7');
    expect(answer.body.error).to.include({
      message: '(#130429) Rate limit hit',
      code: 130429,
      error_subcode: 5,
    });
  });

  it('gives a code that it does not know all the same', async () => {
    simulator().fault({ code: 999999 });

    const { status, body } = await send(hello);

    expect(status).to.equal(400);
    expect(body.error.code).to.equal(999999);
  });

  it('answers with a raw body and status', async () => {
    const headers = { 'content-type': 'text/html' };
    simulator().fault({ status: 502, body: '<h1>Bad gateway</h1>', headers });

    const response = await fetch(`${simulator().url}/v25.0/17/messages`);

    expect(response.status).to.equal(502);
    expect(response.headers.get('content-type')).to.equal('text/html');
    expect(await response.text()).to.equal('<h1>Bad gateway</h1>');
    expect(sent()).to.equal(0);
  });

  it('answers with JSON of any form', async () => {
    simulator().fault({ body: { odd: [1] } });

    const { status, headers, body } = await send(hello);

    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('application/json');
    expect(body).to.deep.equal({ odd: [1] });
    expect(sent()).to.equal(0);
  });

  it('answers with an empty body', async () => {
    simulator().fault({ status: 503 });

    const response = await fetch(`${simulator().url}/v25.0/17/messages`);

    expect(response.status).to.equal(503);
    expect(response.headers.get('content-type')).to.equal(null);
    expect(await response.text()).to.equal('');
  });

  it('adds headers to an answer that is otherwise good', async () => {
    simulator().fault({ headers: { 'x-app-usage': '{"call_count":95}' } });

    const answer = await send(hello);

    expect(answer.status).to.equal(200);
    expect(answer.headers.get('x-app-usage')).to.equal('{"call_count":95}');
    expect(sent()).to.equal(1);
  });

  it('delays the answer of a message that was sent', async () => {
    simulator().fault({ delay: 80 });

    const answer = await send(hello);
    const answered = Date.now();

    expect(answer.status).to.equal(200);
    const [message] = simulator().transcript();
    expect(answered - Date.parse(message!.timestamp)).to.be.at.least(75);
  });

  it('breaks the connection before the message is sent', async () => {
    simulator().fault({ reset: 'before' });

    const { code } = await causeOf(send(hello));

    expect(code).to.equal('ECONNRESET');
    expect(sent()).to.equal(0);
    expect(simulator().requests).to.have.length(1);
  });

  it('breaks the connection after the message is sent', async () => {
    simulator().fault({ reset: 'after' });

    const { code } = await causeOf(send(hello));

    expect(code).to.equal('ECONNRESET');
    expect(sent()).to.equal(1);
  });
});
