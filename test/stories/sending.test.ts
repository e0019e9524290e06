import { expect } from 'chai';
import {
  markAsRead,
  request,
  requestLocation,
  sendButtons,
  sendContacts,
  sendFlow,
  sendList,
  sendLocation,
  sendMedia,
  sendMessage,
  sendOneTimePassword,
  sendReaction,
  sendTemplate,
  sendUrlButton,
} from '../../src/index';
import type { Operation, State } from '../../src/index';
import type { Simulator } from '../../simulator/src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator } from './on-simulator';

const to = '+1 555 0100 123';
const QUOTED = 'wamid.HBgLMTU1NTAxMDAxMjMVAgARGBI=';

describe('sending to a server', () => {
  const world = onSimulator();
  let simulator: Simulator;
  let state: State;

  beforeEach(() => {
    simulator = world.simulator();
    state = {
      ...world.state(),
      data: { phone: to, name: 'CANARY-NAME' },
    };
  });

  const run = async (operation: Operation) =>
    (await collectLogs(() => operation(state))).result;

  it('leaves what a job needs of the answer on state', async () => {
    const next = await run(
      sendMessage(s => (s.data as { phone: string }).phone, 'Hello'),
    );

    expect(next.data).to.deep.include({ to, status: 'accepted' });
    expect(next.data).to.have.property('waId', '15550100123');
    expect(next.data)
      .to.have.property('messageId')
      .that.matches(/^wamid\./);
    expect(next.response).to.deep.include({
      method: 'POST',
      path: '/v25.0/100000000000001/messages',
      statusCode: 200,
      attempts: 1,
    });
    expect(next.response).to.have.nested.property('body.messages');
    expect(next.references).to.deep.equal([state.data]);
    expect(next.configuration).to.equal(state.configuration);
  });

  const common = '"messaging_product":"whatsapp","recipient_type":"individual"';
  const head = `{${common},"to":"${to}"`;
  const sends: [string, Operation, string][] = [
    [
      'sendMessage',
      sendMessage(to, 'Hello', { previewUrl: true, callbackData: 'V-1' }),
      `${head},"type":"text","text":{"body":"Hello","preview_url":true},"biz_opaque_callback_data":"V-1"}`,
    ],
    [
      'sendMessage with a quote',
      sendMessage(to, { image: { id: '9' } }, { replyTo: QUOTED }),
      `${head},"context":{"message_id":"${QUOTED}"},"type":"image","image":{"id":"9"}}`,
    ],
    [
      'sendMessage to a business-scoped user ID',
      sendMessage('US.13491208655302741918', 'Hello'),
      `{${common},"recipient":"US.13491208655302741918","type":"text","text":{"body":"Hello"}}`,
    ],
    [
      'sendTemplate',
      sendTemplate(to, 'visit', ['Amina\n Y.', 3], { language: 'sw' }),
      `${head},"type":"template","template":{"name":"visit","language":{"code":"sw"},"components":[{"type":"body","parameters":[{"type":"text","text":"Amina Y."},{"type":"text","text":"3"}]}]}}`,
    ],
    [
      'sendOneTimePassword',
      sendOneTimePassword(to, 'login', '048213'),
      `${head},"type":"template","template":{"name":"login","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"048213"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"048213"}]}]}}`,
    ],
    [
      'sendMedia',
      sendMedia(to, 'document', 'https://clinic.example/a.pdf', {
        filename: 'a.pdf',
        caption: 'A',
      }),
      `${head},"type":"document","document":{"link":"https://clinic.example/a.pdf","caption":"A","filename":"a.pdf"}}`,
    ],
    [
      'sendLocation',
      sendLocation(to, { latitude: -1.2921, longitude: '36.8219' }),
      `${head},"type":"location","location":{"latitude":-1.2921,"longitude":"36.8219"}}`,
    ],
    [
      'sendContacts',
      sendContacts(to, { firstName: 'Amina', phone: '+15550100124' }),
      `${head},"type":"contacts","contacts":[{"name":{"formatted_name":"Amina","first_name":"Amina"},"phones":[{"phone":"+15550100124"}]}]}`,
    ],
    [
      'sendReaction',
      sendReaction(to, QUOTED, ''),
      `${head},"type":"reaction","reaction":{"message_id":"${QUOTED}","emoji":""}}`,
    ],
    [
      'sendButtons',
      sendButtons(to, 'Coming?', ['Yes', { id: 'n', title: 'No' }], {
        header: 'Visit',
        footer: 'Clinic',
      }),
      `${head},"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Visit"},"body":{"text":"Coming?"},"footer":{"text":"Clinic"},"action":{"buttons":[{"type":"reply","reply":{"id":"Yes","title":"Yes"}},{"type":"reply","reply":{"id":"n","title":"No"}}]}}}`,
    ],
    [
      'sendList',
      sendList(to, 'Which?', ['A', { id: 'b', title: 'B', description: 'bb' }]),
      `${head},"type":"interactive","interactive":{"type":"list","body":{"text":"Which?"},"action":{"button":"Options","sections":[{"rows":[{"id":"A","title":"A"},{"id":"b","title":"B","description":"bb"}]}]}}}`,
    ],
    [
      'sendUrlButton',
      sendUrlButton(to, 'Dates', {
        display_text: 'See',
        url: 'https://clinic.example',
      }),
      `${head},"type":"interactive","interactive":{"type":"cta_url","body":{"text":"Dates"},"action":{"name":"cta_url","parameters":{"display_text":"See","url":"https://clinic.example"}}}}`,
    ],
    [
      'sendFlow',
      sendFlow(to, 'Register', { flow_id: '1', flow_cta: 'Go' }),
      `${head},"type":"interactive","interactive":{"type":"flow","body":{"text":"Register"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Go"}}}}`,
    ],
    [
      'requestLocation',
      requestLocation(to, 'Where are you?'),
      `${head},"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where are you?"},"action":{"name":"send_location"}}}`,
    ],
    [
      'markAsRead',
      markAsRead(QUOTED, { typing: true }),
      `{"messaging_product":"whatsapp","status":"read","message_id":"${QUOTED}","typing_indicator":{"type":"text"}}`,
    ],
  ];
  for (const [name, operation, body] of sends) {
    it(`${name} puts these bytes on the wire`, async () => {
      await run(operation);

      expect(simulator.requests).to.have.length(1);
      const [received] = simulator.requests;
      expect(received).to.include({
        method: 'POST',
        path: '/v25.0/100000000000001/messages',
        query: '',
        contentType: 'application/json',
        authorization: true,
      });
      expect(received?.rawBody).to.equal(body);
    });
  }

  it('sends nothing in a dry run', async () => {
    const next = await run(sendMessage(to, 'Hello', { dryRun: true }));

    expect(next.data).to.deep.equal({
      dryRun: true,
      method: 'POST',
      path: '/v25.0/100000000000001/messages',
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'text',
        text: { body: 'Hello' },
      },
    });
    expect(simulator.requests).to.have.length(0);
  });

  it('repeats a send that was refused for its rate, once it is free', async () => {
    simulator.fault({ times: 2, code: 130429 });

    const next = await run(sendMessage(to, 'Hello', { retry: { delay: 1 } }));

    expect(next.response).to.include({ attempts: 3 });
    expect(simulator.transcript()).to.have.length(1);
  });

  it('does not repeat a send whose connection broke after it was accepted', async () => {
    simulator.fault({ times: 1, reset: 'after' });

    await rejects(run(sendMessage(to, 'Hello')), {
      code: 'SEND_UNCONFIRMED',
      sent: 'maybe',
    });
    expect(simulator.transcript()).to.have.length(1);
  });

  it('does not repeat a send that was answered too late', async () => {
    simulator.fault({ times: 1, delay: 60_000 });

    await rejects(run(sendMessage(to, 'Hello', { timeout: 100 })), {
      code: 'SEND_UNCONFIRMED',
    });
    expect(simulator.requests).to.have.length(1);
  });

  it('turns the codes of Meta into words', async () => {
    const error = await rejects(run(sendMessage('+1555 0131026', 'Hello')), {
      code: 'RECIPIENT_REFUSED',
      metaCode: 131026,
      sent: 'no',
    });
    expect(error.fix).not.to.equal('');
  });

  it('sends one message after the other, each with its own state', async () => {
    const first = await run(sendMessage(to, 'One'));
    state = first;
    const second = await run(
      sendMessage(
        to,
        s => `After ${(s.data as { messageId: string }).messageId}`,
      ),
    );

    expect(second.references).to.have.length(2);
    expect(simulator.requests[1]?.rawBody).to.contain('After wamid.');
  });

  it('leaks neither token nor contents into logs, errors or state', async () => {
    const { result, lines } = await collectLogs(async () => {
      const sent = await sendMessage(to, 'CANARY-TEXT')(state);
      const failed = await rejects(
        sendMessage('+1555 0131026', 'CANARY-TEXT')(state),
      );
      const { configuration: _, ...rest } = sent;
      return { rest, failed: { ...failed, message: failed.message } };
    });

    expect(lines).to.have.length(2);
    expect(lines.join()).not.to.match(/CANARY|5550100|0131026/);
    expect(JSON.stringify(result.failed)).not.to.match(/CANARY|0131026/);
    expect(JSON.stringify(result.rest)).not.to.contain('CANARY-TOKEN');
  });

  describe('request', () => {
    const body = {
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Hello' },
    };

    it('goes below the phone number, as in 1.x', async () => {
      const next = await run(request('POST', 'messages', body));

      expect(next.data).to.have.nested.property('messages[0].id');
      expect(next.response).to.include({
        statusCode: 200,
        statusMessage: 'OK',
      });
      expect(next.response).to.have.property('headers');
      expect(next.response).not.to.have.property('body');
      expect(simulator.requests[0]).to.include({
        path: '/v25.0/100000000000001/messages',
        rawBody: JSON.stringify(body),
        contentType: 'application/json',
      });
    });

    it('starts at the version with a leading slash', async () => {
      await run(
        request('post', '/100000000000009/messages', null, {
          body,
          query: { a: 1 },
        }),
      );

      expect(simulator.requests[0]).to.include({
        path: '/v25.0/100000000000009/messages',
        query: 'a=1',
      });
    });

    it('leaves the address of the request as 1.x did, without the query', async () => {
      const next = await run(
        request('GET', 'whatsapp_business_profile?fields=about', undefined, {
          query: { access_token: 'CANARY' },
        }),
      );

      expect(next.response).to.include({
        url: `${simulator.url}/v25.0/100000000000001/whatsapp_business_profile`,
        method: 'GET',
      });
      expect(JSON.stringify(next.response)).not.to.contain('CANARY');
    });

    for (const path of ['/messages', '/media', '/messages?a=1']) {
      it(`refuses ${path}, which 1.x took for one below the number`, async () => {
        const error = await rejects(run(request('POST', path, body)), {
          code: 'INVALID_PATH',
        });

        expect(error.fix).to.match(/^Write '(messages|media)', without/);
        expect(simulator.requests).to.have.length(0);
      });
    }

    it('keeps the version of the base URL', async () => {
      Object.assign(state.configuration as object, {
        baseUrl: `${simulator.url}/v21.0`,
      });

      await run(request('POST', 'messages', body));

      expect(simulator.requests[0]?.path).to.equal(
        '/v21.0/100000000000001/messages',
      );
    });

    it('sends the body when form and files are null', async () => {
      const options = { form: null, files: null } as never;

      await run(request('POST', 'messages', body, options));

      expect(simulator.requests[0]).to.include({
        rawBody: JSON.stringify(body),
        contentType: 'application/json',
      });
    });

    it('is as careful as a send when it posts', async () => {
      simulator.fault({ times: 1, status: 500, body: '' });

      await rejects(run(request('POST', 'messages', body)), {
        code: 'SEND_UNCONFIRMED',
      });
    });

    it('takes the errors of 1.x: a status made a success, and words for a status', async () => {
      const bad = { ...body, to: '+1555 0131026' };
      const call = (errors: object) =>
        run(request('POST', 'messages', bad, { errors } as never));

      expect((await call({ 400: false })).data).to.have.property('error');
      const error = await rejects(call({ 400: 'Not on WhatsApp' }), {
        statusCode: 400,
      });
      expect(error.description).to.equal('Not on WhatsApp');
    });

    for (const path of [
      'https://evil.example/messages',
      '//evil.example/messages',
      '../999/messages',
      '1%2f2',
    ]) {
      it(`refuses the path ${path} before the network`, async () => {
        await rejects(run(request('GET', path)), { code: 'INVALID_PATH' });
        expect(simulator.requests).to.have.length(0);
      });
    }

    it('refuses a header with a line break before the network', async () => {
      await rejects(
        run(request('GET', 'x', null, { headers: { a: 'b\r\nc: d' } })),
        { code: 'INVALID_OPTIONS' },
      );
    });

    it('logs sizes, and no secrets, when asked to', async () => {
      const { lines } = await collectLogs(() =>
        request('POST', 'messages', body, { debug: true })(state),
      );

      expect(lines[1]).to.match(
        /^debug: POST messages, \d+ bytes sent, \d+ bytes received, 1 tries$/,
      );
    });
  });

  describe('bad input', () => {
    const without = (key: string): State => ({
      ...state,
      configuration: { ...(state.configuration as object), [key]: '' },
    });

    it('is a missing token', () =>
      rejects(sendMessage(to, 'x')(without('apiToken')), {
        code: 'CONFIGURATION_MISSING',
      }));

    it('is a missing phone number ID', () =>
      rejects(
        sendMessage(
          to,
          'x',
        )({
          configuration: { baseUrl: `${simulator.url}/v25.0`, apiToken: 'T' },
        }),
        { code: 'CONFIGURATION_MISSING' },
      ));

    const bad: [string, Operation, string][] = [
      [
        'a missing recipient',
        sendMessage(undefined as never, 'x'),
        'INVALID_RECIPIENT',
      ],
      [
        'letters in a number',
        sendMessage('+1555O100123', 'x'),
        'INVALID_RECIPIENT',
      ],
      [
        'a number as dialed at home',
        sendMessage('0712 345 678', 'x'),
        'INVALID_RECIPIENT',
      ],
      [
        'an unknown kind',
        sendMessage(to, { txt: {} } as never),
        'INVALID_MESSAGE',
      ],
      [
        'two kinds',
        sendMessage(to, { text: { body: 'x' }, image: { id: '1' } } as never),
        'INVALID_MESSAGE',
      ],
      [
        'id and link',
        sendMedia(to, 'image', { id: '1', link: 'https://a.example' }),
        'INVALID_MESSAGE',
      ],
      [
        'a caption on audio',
        sendMedia(to, 'audio', '1', { caption: 'x' }),
        'INVALID_OPTIONS',
      ],
      [
        'a misspelled option',
        sendMessage(to, 'x', { replyto: '1' } as never),
        'INVALID_OPTIONS',
      ],
      [
        'a query that is text',
        request('GET', 'media', null, { query: 'a=1' as never }),
        'INVALID_OPTIONS',
      ],
      ['no buttons', sendButtons(to, 'x', []), 'INVALID_MESSAGE'],
      [
        'four buttons',
        sendButtons(to, 'x', ['1', '2', '3', '4']),
        'INVALID_MESSAGE',
      ],
      [
        'two buttons alike',
        sendButtons(to, 'x', ['1', '1']),
        'INVALID_MESSAGE',
      ],
    ];
    for (const [name, operation, code] of bad) {
      it(`is ${name}, refused before the network`, async () => {
        const error = await rejects(run(operation), { code, sent: 'no' });
        expect(error.description).to.match(/\.$/);
        expect(error.fix).to.match(/\.$/);
        expect(simulator.requests).to.have.length(0);
      });
    }
  });
});
