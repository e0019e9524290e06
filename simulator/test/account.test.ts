import { expect } from 'chai';
import type { Json } from './call';
import { PHONE_NUMBER_ID, useSimulator } from './call';
import { KINDS } from './messages';

const WABA = '100000000000002';
const templatesPath = `/v25.0/${WABA}/message_templates`;
const phonePath = `/v25.0/${PHONE_NUMBER_ID}`;

const body = (text: string, example?: object) => ({
  type: 'BODY',
  text,
  ...(example && { example }),
});

const definition = (name: string, more: Json = {}) => ({
  name,
  language: 'en_US',
  category: 'UTILITY',
  components: [body('Open.')],
  ...more,
});

const codeOf = ({ body: { error } }: { body: Json }) => [
  error?.code,
  error?.error_subcode,
];

describe('the templates of an account', () => {
  const { simulator, call, post, send } = useSimulator({
    approvalDelay: 60_000,
  });

  const sendTemplate = (name: string, components?: Json[], code = 'en_US') =>
    send({
      type: 'template',
      template: { name, language: { code }, ...(components && { components }) },
    });

  const values = (...parameters: Json[]) => [{ type: 'body', parameters }];
  const text = (words: string, name?: string) => ({
    type: 'text',
    text: words,
    ...(name && { parameter_name: name }),
  });

  it('are some from the start, as at Meta', async () => {
    const { body } = await call(`${templatesPath}?fields=name,language`);

    expect(body.data.map(({ name }: Json) => name)).to.deep.equal([
      'hello_world',
      'vaccination_day',
      'vaccination_day',
    ]);
    expect(body.data[0]).to.have.all.keys('id', 'name', 'language');
  });

  it('come page by page', async () => {
    const first = await call(`${templatesPath}?limit=2`);
    const { cursors, next } = first.body.paging;
    const second = await call(
      `${templatesPath}?limit=2&after=${cursors.after}`,
    );

    expect(next).to.be.a('string');
    expect(second.body.data).to.have.length(1);
    expect(second.body.paging).not.to.have.property('next');
    expect(codeOf(await call(`${templatesPath}?after=x`))[0]).to.equal(131059);
  });

  it('are found by a part of the name, status and language', async () => {
    const found = async (query: string) =>
      (await call(`${templatesPath}?${query}`)).body.data.length;

    expect(await found('name=vaccination')).to.equal(2);
    expect(await found('name=vaccination&language=sw')).to.equal(1);
    expect(await found('status=PENDING')).to.equal(0);
    expect(await found('status=["PENDING","APPROVED"]')).to.equal(3);
  });

  it('wait for approval, on request at once', async () => {
    const { body } = await post(templatesPath, definition('notice'));
    expect(body).to.include({ status: 'PENDING', category: 'UTILITY' });
    expect(codeOf(await sendTemplate('notice'))[0]).to.equal(132001);

    await post('/simulator/templates/notice', { status: 'APPROVED' });

    expect((await sendTemplate('notice')).status).to.equal(200);
    expect((await call(`/v25.0/${body.id}`)).body.status).to.equal('APPROVED');
  });

  it('can be paused, switched off, edited and deleted', async () => {
    const { id } = simulator().addTemplate(WABA, definition('notice'));
    const status = async () => codeOf(await sendTemplate('notice'))[0];

    simulator().judgeTemplate('notice', { status: 'PAUSED' });
    expect(await status()).to.equal(132015);
    simulator().judgeTemplate('notice', { status: 'DISABLED' });
    expect(await status()).to.equal(132016);
    expect(codeOf(await post(`/${id}`, { category: 'UTILITY' }))).to.deep.equal(
      [100, 2388039],
    );
    simulator().judgeTemplate('notice', { status: 'APPROVED' });
    const edited = await post(`/${id}`, { components: [body('Closed.')] });
    expect(edited.body).to.deep.equal({ success: true });
    const gone = await call(`${templatesPath}?name=notice`, {
      method: 'DELETE',
    });
    expect(gone.body).to.deep.equal({ success: true });
    const again = await call(`${templatesPath}?name=notice`, {
      method: 'DELETE',
    });
    expect(again.status).to.equal(404);
  });

  for (const [wrong, given, subcode] of [
    ['the same again', definition('hello_world'), 2388024],
    [
      'a long body',
      definition('notice', { components: [body('x'.repeat(1025))] }),
      2388040,
    ],
    ['no body', definition('notice', { components: [] }), 2388072],
    [
      'no examples',
      definition('notice', { components: [body('On {{1}} then.')] }),
      2388072,
    ],
    [
      'a variable at the end',
      definition('notice', {
        components: [body('On {{1}}', { body_text: [['a']] })],
      }),
      2388299,
    ],
    [
      'a header without a handle',
      definition('notice', {
        components: [{ type: 'HEADER', format: 'IMAGE' }, body('x')],
      }),
      undefined,
    ],
  ] as const) {
    it(`refuse ${wrong}`, async () => {
      expect(codeOf(await post(templatesPath, given))).to.deep.equal([
        100,
        subcode,
      ]);
    });
  }

  it('judge what is sent with them, when their name is known', async () => {
    await call(templatesPath);
    const name = 'vaccination_day';
    const codes: number[] = [];
    for (const components of [
      undefined,
      values(text('a')),
      values(text('a'), text('b')),
      values(text('a', 'name'), text('b', 'day')),
      [
        ...values(text('a', 'name'), text('b', 'date')),
        { type: 'header', parameters: [text('x')] },
      ],
      values(text('a', 'name'), text('b', 'date')),
    ]) {
      const answer = await sendTemplate(name, components);
      codes.push(codeOf(answer)[0] ?? answer.status);
    }

    expect(codes).to.deep.equal([132000, 132000, 100, 100, 132012, 200]);
    expect(codeOf(await sendTemplate(name, undefined, 'fr'))[0]).to.equal(
      132001,
    );
    expect((await sendTemplate('unheard_of')).status).to.equal(200);
  });

  it('leave a body less room when they have other components', async () => {
    const long = values(text('x'.repeat(1025)));
    for (const [name, ...others] of [
      ['alone'],
      ['beside', { type: 'FOOTER', text: 'The clinic' }],
    ] as const) {
      simulator().addTemplate(
        WABA,
        definition(name, {
          components: [
            body('For {{1}} then.', { body_text: [['a']] }),
            ...others,
          ],
        }),
      );
      simulator().judgeTemplate(name, { status: 'APPROVED' });
    }

    expect((await sendTemplate('alone', long)).status).to.equal(200);
    expect(codeOf(await sendTemplate('beside', long))[0]).to.equal(132005);
  });

  it('want what fills a link', async () => {
    const buttons = [
      { type: 'URL', text: 'A', url: 'https://a.example/{{1}}' },
    ];
    simulator().addTemplate(
      WABA,
      definition('notice', {
        components: [body('Open.'), { type: 'BUTTONS', buttons }],
      }),
    );

    expect(codeOf(await sendTemplate('notice'))[0]).to.equal(131008);
  });
});

describe('a strict simulator', () => {
  const { send } = useSimulator({ strictTemplates: true });

  it('refuses templates that no account has', async () => {
    const { body } = await send({
      type: 'template',
      template: { name: 'unheard_of', language: { code: 'en_US' } },
    });

    expect(body.error.code).to.equal(132001);
  });
});

describe('the numbers of the simulator', () => {
  const { simulator, call, post, send } = useSimulator();

  it('lock after ten tries', async () => {
    const pin = { messaging_product: 'whatsapp', pin: '123456' };
    for (let n = 0; n < 10; n++) await post(`${phonePath}/register`, pin);

    expect(codeOf(await post(`${phonePath}/register`, pin))[0]).to.equal(
      133016,
    );
  });

  it('want their own PIN and code', async () => {
    const messaging_product = 'whatsapp';
    await post(`${phonePath}/register`, { messaging_product, pin: '123456' });
    const wrong = { messaging_product, pin: '654321' };
    expect(codeOf(await post(`${phonePath}/register`, wrong))[0]).to.equal(
      133005,
    );

    await post(`${phonePath}/request_code`, {
      code_method: 'SMS',
      language: 'en_US',
    });
    const answer = await post(`${phonePath}/verify_code`, { code: '000000' });
    expect(codeOf(answer)[0]).to.equal(136025);
  });

  it('show the code that was sent', async () => {
    await post(`${phonePath}/request_code`, {
      code_method: 'SMS',
      language: 'en_US',
    });
    const { body } = await call('/simulator/numbers');

    expect(body.data[0].code).to.equal(simulator().codeOf(PHONE_NUMBER_ID));
  });

  it('can be made, and cannot send unless connected', async () => {
    await post('/simulator/numbers', {
      id: PHONE_NUMBER_ID,
      status: 'DISCONNECTED',
    });

    expect(codeOf(await send(KINDS.text!))[0]).to.equal(133010);
  });

  it('are any digits, but not any object of Graph', async () => {
    const asked = await call('/v25.0/17?fields=verified_name');
    const other = await call('/v25.0/18');

    expect(asked.body).to.include({ id: '17' });
    expect(codeOf(other)).to.deep.equal([100, 33]);
  });
});

describe('the rest of an account', () => {
  const { simulator, call, post, send } = useSimulator();

  it('takes uploads in two steps, and forgets them', async () => {
    const opened = await call(
      '/v25.0/200000000000001/uploads?file_length=3&file_type=image/png',
      { method: 'POST' },
    );
    const upload = (offset: string) =>
      call(`/v25.0/${opened.body.id}`, {
        method: 'POST',
        body: 'abc',
        headers: { file_offset: offset, 'content-type': 'image/png' },
      });

    expect((await upload('1')).status).to.equal(400);
    expect((await upload('0')).body.h).to.match(/^4::/);
    expect((await upload('0')).status).to.equal(400);
  });

  it('counts what was accepted', async () => {
    await send(KINDS.text!);
    const now = Math.floor(Date.now() / 1000);
    const time = `.start(${now - 60}).end(${now + 60}).granularity(DAY)`;
    const ask = (field: string) => call(`/${WABA}?fields=${field}${time}`);

    const { body } = await ask('analytics');
    expect(body.analytics.data_points).to.deep.equal([
      { start: now - 60, end: now - 60 + 86400, sent: 1, delivered: 1 },
    ]);
    expect((await ask('unheard_analytics')).status).to.equal(400);
    expect((await call(`/${WABA}?fields=analytics.start(1)`)).status).to.equal(
      400,
    );
  });

  it('counts what templates did', async () => {
    const { body: list } = await call(`${templatesPath}?name=hello`);
    const { id } = list.data[0];
    await send({
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    });
    const now = Math.floor(Date.now() / 1000);
    const query = `start=${now - 60}&end=${now + 60}&granularity=DAILY&template_ids=["${id}"]`;

    const { body } = await call(`/${WABA}/template_analytics?${query}`);

    expect(body.data[0].data_points[0]).to.include({
      template_id: id,
      sent: 1,
    });
  });

  it('plays a gateway, with a key', async () => {
    const { body: sent } = await send(KINDS.text!);
    const path = `/gateway/messages/${encodeURIComponent(sent.messages[0].id)}/status`;

    expect((await call(path)).body.status).to.equal('delivered');
    expect((await call('/gateway/messages/x/status')).body.error.code).to.equal(
      'UNKNOWN_MESSAGE',
    );
    expect(
      (await call(path, { headers: { authorization: '' } })).status,
    ).to.equal(401);
  });

  it('plays its lists too: of a time, the latest first, page by page', async () => {
    for (const to of ['+15550100123', '+15550100124', '+15550100123'])
      await send({ ...KINDS.text!, to });
    const ask = async (query: string) =>
      (await call(`/gateway/conversations?${query}`)).body;

    const first = await ask('since=2026-01-01T00:00:00.000Z&limit=1');
    const second = await ask(`limit=1&after=${first.paging.after}`);

    expect(first.data[0]).to.include({ contact: '15550100123', outbound: 2 });
    expect(second.data[0]).to.include({ contact: '15550100124' });
    expect(second.paging).to.deep.equal({});
    expect((await ask('until=2026-01-01T00:00:00.000Z')).data).to.deep.equal(
      [],
    );
  });

  it('is forgotten with a reset', async () => {
    await post(`/${WABA}/subscribed_apps`, {});
    await post(`${phonePath}/deregister`, {});
    simulator().reset();

    expect((await call(`/${WABA}/subscribed_apps`)).body.data).to.deep.equal(
      [],
    );
    expect((await send(KINDS.text!)).status).to.equal(200);
  });
});
