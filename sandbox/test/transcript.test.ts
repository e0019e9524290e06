import { expect } from 'chai';
import { PHONE_NUMBER_ID, TOKEN, useSandbox } from './call';
import { KINDS, WAMID } from './messages';

describe('the transcript', () => {
  const { sandbox, send, call } = useSandbox();
  const hello = { ...KINDS.text, to: '+1 555 0103' };

  it('keeps the whole message, and what Meta said of it', async () => {
    const before = Date.now();
    const { body } = await send({ ...hello, context: { message_id: WAMID } });

    const [entry] = sandbox().transcript();
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

    const [entry] = sandbox().transcript();
    expect(entry).to.include({ recipient: 'US.135INVENTED' });
    expect(entry).not.to.have.property('to');
  });

  it('is the same over HTTP, oldest first', async () => {
    await send(hello);
    await send({ status: 'read', message_id: WAMID });

    const { body } = await call('/sandbox/transcript');

    expect(body).to.deep.equal({ data: sandbox().transcript() });
    expect(
      body.data.map((entry: { kind: string }) => entry.kind),
    ).to.deep.equal(['message', 'read']);
  });

  it('can be cleared', async () => {
    await send(hello);
    await call('/sandbox/transcript', { method: 'DELETE' });

    expect(sandbox().transcript()).to.deep.equal([]);
    expect(sandbox().requests).to.have.length(1);
  });

  it('is not changed by who reads it', async () => {
    await send(hello);
    sandbox().transcript().pop();

    expect(sandbox().transcript()).to.have.length(1);
  });
});

describe('the requests', () => {
  const { sandbox, send, call } = useSandbox();

  it('are kept to the byte', async () => {
    const rawBody = '{ "to":"x",\r\n"text" : "\\u00e4 é 🌱" }\ufeff';
    await call(`/v25.0/17/messages?fields=a.b(1)[2]&x=%20`, {
      method: 'POST',
      body: rawBody,
      headers: { 'user-agent': 'test/1' },
    });

    expect(sandbox().requests).to.deep.equal([
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
    await call('/sandbox/transcript');
    await fetch(`${sandbox().url}/`);

    expect(sandbox().requests).to.deep.equal([]);
  });

  it('tell that a token is missing', async () => {
    await call('/17/messages', { headers: { authorization: '' } });

    expect(sandbox().requests[0]!.authorization).to.equal(false);
  });

  it('never keep a token, and neither does the transcript', async () => {
    await send(KINDS.text!);
    await call(
      `/debug_token?input_token=${TOKEN}&access_token=${TOKEN}&limit=1`,
    );

    const { body } = await call('/sandbox/transcript');
    const kept = [body, sandbox().requests, sandbox().transcript()];
    expect(JSON.stringify(kept)).not.to.include(TOKEN);
    expect(sandbox().requests[1]!.query).to.equal(
      'input_token=***&access_token=***&limit=1',
    );
  });

  it('are forgotten with a reset, and the faults too', async () => {
    await send(KINDS.text!);
    sandbox().fault({ code: 4 });
    sandbox().reset();

    expect(sandbox().requests).to.deep.equal([]);
    expect((await send(KINDS.text!)).status).to.equal(200);
  });
});
