import { expect } from 'chai';
import { useSimulator } from './call';
import { WAMID } from './messages';

const MESSAGE = {
  to: '15550100',
  type: 'text',
  text: { body: 'See https://clinic.example' },
};
const TEMPLATE = {
  name: 'visit',
  language: { policy: 'deterministic', code: 'en_US' },
};

describe('a simulator that speaks the On-Premises way', () => {
  const { simulator, call, post } = useSimulator({ apiVariant: 'on-premises' });
  const basic = (text: string) =>
    `Basic ${Buffer.from(text).toString('base64')}`;

  it('takes a message, and answers with its ID alone', async () => {
    const { status, body } = await post('/v1/messages', MESSAGE);

    expect(status).to.equal(201);
    expect(body).to.have.all.keys('messages', 'meta');
    expect(simulator().transcript()).to.have.length(1);
    expect(simulator().transcript()[0]).to.include({
      id: body.messages[0].id,
      to: '15550100',
      type: 'text',
    });
  });

  it('takes preview_url beside the text, templates with a policy, and groups', async () => {
    for (const message of [
      { ...MESSAGE, preview_url: true },
      { to: '15550100', type: 'template', template: TEMPLATE },
      { ...MESSAGE, to: 'R3JvdXA=', recipient_type: 'group' },
    ]) {
      const { status, body } = await post('/v1/messages', message);
      expect(status, JSON.stringify(body)).to.equal(201);
    }
  });

  const { code: _, ...withoutCode } = TEMPLATE.language;
  const refused: [string, object, number][] = [
    ['messaging_product', { messaging_product: 'whatsapp' }, 1010],
    ['a user ID', { recipient: 'US.135INVENTED' }, 1010],
    [
      'preview_url in the text',
      { text: { body: 'x', preview_url: true } },
      1010,
    ],
    ['an unknown property', { nonsense: 1 }, 1010],
    ['a number with a plus', { to: '+15550100' }, 1009],
    ['a number with spaces', { to: '1 555 0100' }, 1009],
    ['no recipient', { to: undefined }, 1008],
    ['no text', { text: undefined }, 1008],
    ['a text too long', { text: { body: 'x'.repeat(4097) } }, 1009],
    [
      'a template without the policy',
      {
        type: 'template',
        text: undefined,
        template: { ...TEMPLATE, language: { code: 'en_US' } },
      },
      1008,
    ],
    [
      'a template without a code',
      {
        type: 'template',
        text: undefined,
        template: { ...TEMPLATE, language: withoutCode },
      },
      1008,
    ],
    ['a number that asks for it', { to: '15550131026' }, 131026],
  ];
  for (const [what, change, code] of refused)
    it(`refuses ${what}, in its own form`, async () => {
      const answer = await post('/v1/messages', { ...MESSAGE, ...change });

      expect(answer.status).to.equal(400);
      expect(answer.body).to.have.all.keys('errors', 'meta');
      expect(answer.body.errors[0]).to.have.all.keys(
        'code',
        'title',
        'details',
      );
      expect(answer.body.errors[0].code).to.equal(code);
      expect(simulator().transcript()).to.deep.equal([]);
    });

  it('marks a message as read', async () => {
    const { status } = await call(`/v1/messages/${encodeURIComponent(WAMID)}`, {
      method: 'PUT',
      body: JSON.stringify({ status: 'read' }),
    });

    expect(status).to.equal(200);
    expect(simulator().transcript()[0]).to.include({ kind: 'read', id: WAMID });
  });

  it('marks a message as nothing else', async () => {
    const { status, body } = await call('/v1/messages/wamid.1', {
      method: 'PUT',
      body: JSON.stringify({ status: 'eaten' }),
    });

    expect(status).to.equal(400);
    expect(body.errors[0].code).to.equal(1009);
  });

  it('gives a token to who logs in', async () => {
    const { status, body } = await call('/v1/users/login', {
      method: 'POST',
      headers: { authorization: basic('clinic:secret:with colon') },
    });

    expect(status).to.equal(200);
    expect(body.users[0].token).to.match(/^session-/);
    expect(Date.parse(body.users[0].expires_after)).to.be.above(Date.now());
  });

  for (const authorization of ['', 'Bearer T', basic('clinic'), basic(':x')])
    it(`gives none to "${authorization}"`, async () => {
      const init = { method: 'POST', headers: { authorization } };
      const { status, body } = await call('/v1/users/login', init);

      expect(status).to.equal(401);
      expect(body.errors[0].code).to.equal(1005);
    });

  it('refuses a call without a token', async () => {
    const { status, body } = await post('/v1/messages', MESSAGE, {
      authorization: '',
    });

    expect(status).to.equal(401);
    expect(body.errors[0].code).to.equal(1005);
  });

  it('has nothing of the Cloud API', async () => {
    for (const path of ['/v25.0/1/messages', '/1/messages', '/v1', '/x']) {
      const { status, body } = await post(path, MESSAGE);
      expect(status).to.equal(404);
      expect(body.errors[0].code).to.equal(1006);
    }
  });

  it('refuses a body that is no JSON', async () => {
    const init = { method: 'POST', body: '{' };
    const { status, body } = await call('/v1/messages', init);

    expect(status).to.equal(400);
    expect(body).to.have.property('errors');
  });

  it('is open to faults', async () => {
    simulator().fault({ status: 429, headers: { 'x-ratelimit-reset': '0' } });

    const { status } = await fetch(`${simulator().url}/v1/messages`);

    expect(status).to.equal(429);
  });

  describe('media', () => {
    const request = (path: string, init: RequestInit = {}) =>
      fetch(simulator().url + path, {
        ...init,
        headers: { authorization: 'Bearer T', ...init.headers },
      });
    const upload = (type: string, body: Uint8Array<ArrayBuffer>) =>
      request('/v1/media', {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const bytes = new Uint8Array([0, 255, 128, 10]);

    it('come out as they went in', async () => {
      const uploaded = await upload('image/png', bytes);
      const { media } = (await uploaded.json()) as { media: [{ id: string }] };
      const path = `/v1/media/${media[0].id}`;
      const file = await request(path);

      expect(uploaded.status).to.equal(201);
      expect(file.headers.get('content-type')).to.equal('image/png');
      expect(new Uint8Array(await file.arrayBuffer())).to.deep.equal(bytes);
      expect((await request(path, { method: 'DELETE' })).status).to.equal(200);
      expect((await request(path)).status).to.equal(404);
      expect(await (await request(path)).text()).to.equal('');
      expect((await request(path, { method: 'DELETE' })).status).to.equal(404);
    });

    it('are refused as a form, without a type, or empty', async () => {
      for (const [type, body] of [
        ['multipart/form-data; boundary=x', bytes],
        ['', bytes],
        ['image/png', new Uint8Array()],
      ] as const) {
        const { status } = await upload(type, body);
        expect(status, type).to.equal(400);
      }
    });
  });
});

describe('a simulator of the Cloud API', () => {
  const { post } = useSimulator();

  it('does not speak the On-Premises way', async () => {
    const { status, body } = await post('/v1/messages', MESSAGE);

    expect(status).to.equal(400);
    expect(body.error).to.include({ code: 100, error_subcode: 33 });
  });
});
