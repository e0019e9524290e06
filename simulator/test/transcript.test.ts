import { expect } from 'chai';
import { PHONE_NUMBER_ID, TOKEN, useSimulator } from './call';
import { KINDS, WAMID } from './messages';

describe('the transcript', () => {
  const { simulator, send, call } = useSimulator();
  const hello = { ...KINDS.text, to: '+1 555 0103' };

  it('keeps the whole message, and what Meta said of it', async () => {
    const before = Date.now();
    const { body } = await send({ ...hello, context: { message_id: WAMID } });

    const [entry] = simulator().transcript();
    const time = Date.parse(entry!.timestamp);
    expect(time).to.be.within(before, Date.now());
    expect(entry).to.deep.equal({
      kind: 'message',
      direction: 'outbound',
      id: body.messages[0].id,
      phoneNumberId: PHONE_NUMBER_ID,
      to: '+1 555 0103',
      timestamp: entry!.timestamp,
      type: 'text',
      message: {
        messaging_product: 'whatsapp',
        ...hello,
        context: { message_id: WAMID },
      },
    });
  });

  it('names the user ID of a message that went to one', async () => {
    await send({ ...KINDS.text, recipient: 'US.135INVENTED' });

    const [entry] = simulator().transcript();
    expect(entry).to.include({ recipient: 'US.135INVENTED' });
    expect(entry).not.to.have.property('to');
  });

  it('is the same over HTTP, oldest first', async () => {
    await send(hello);
    await send({ status: 'read', message_id: WAMID });

    const { body } = await call('/simulator/transcript');

    expect(body).to.deep.equal({ data: simulator().transcript() });
    expect(
      body.data.map((entry: { kind: string }) => entry.kind),
    ).to.deep.equal(['message', 'read']);
  });

  it('can be cleared', async () => {
    await send(hello);
    await call('/simulator/transcript', { method: 'DELETE' });

    expect(simulator().transcript()).to.deep.equal([]);
    expect(simulator().requests).to.have.length(1);
  });

  it('is not changed by who reads it', async () => {
    await send(hello);
    simulator().transcript().pop();

    expect(simulator().transcript()).to.have.length(1);
  });
});

describe('the requests', () => {
  const { simulator, send, call } = useSimulator();

  it('are kept to the byte', async () => {
    const rawBody = '{ "to":"x",\r\n"text" : "\\u00e4 é 🌱" }\ufeff';
    await call(`/v25.0/17/messages?fields=a.b(1)[2]&x=%20`, {
      method: 'POST',
      body: rawBody,
      headers: { 'user-agent': 'test/1' },
    });

    expect(simulator().requests).to.deep.equal([
      {
        method: 'POST',
        path: '/v25.0/17/messages',
        query: 'fields=a.b(1)[2]&x=%20',
        contentType: 'application/json',
        userAgent: 'test/1',
        authorization: true,
        rawBody,
      },
    ]);
  });

  it('are only those of the API', async () => {
    await call('/simulator/transcript');
    await fetch(`${simulator().url}/`);

    expect(simulator().requests).to.deep.equal([]);
  });

  it('tell that a token is missing', async () => {
    await call('/17/messages', { headers: { authorization: '' } });

    expect(simulator().requests[0]!.authorization).to.equal(false);
  });

  it('never keep a token, and neither does the transcript', async () => {
    await send(KINDS.text!);
    await call(
      `/debug_token?input_token=${TOKEN}&access_token=${TOKEN}&limit=1`,
    );

    const { body } = await call('/simulator/transcript');
    const kept = [body, simulator().requests, simulator().transcript()];
    expect(JSON.stringify(kept)).not.to.include(TOKEN);
    expect(simulator().requests[1]!.query).to.equal(
      'input_token=***&access_token=***&limit=1',
    );
  });

  it('are forgotten with a reset, and the faults too', async () => {
    await send(KINDS.text!);
    simulator().fault({ code: 4 });
    simulator().reset();

    expect(simulator().requests).to.deep.equal([]);
    expect((await send(KINDS.text!)).status).to.equal(200);
  });
});
