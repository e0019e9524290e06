import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { buildButtons, buildFlow } from '../../src/messages/plain/interactive';
import { buildMedia } from '../../src/messages/plain/media';
import { buildTemplate } from '../../src/messages/plain/template/template';
import { buildReadReceipt } from '../../src/messages/read-receipt';
import { throws } from '../rejects';

const to = '+15550100123';
const text = 'Hello';

const contentOf = ({ body }: { body: Record<string, unknown> }) =>
  body[body['type'] as string];

const template = (values?: unknown, options?: unknown) =>
  contentOf(buildTemplate(to, 'visit', values, options)) as {
    components: Record<string, unknown>[];
  };

describe('An ID that is a number', () => {
  it('is text on the wire, wherever it stands', () => {
    expect(buildMessage(to, text, { callbackData: 42 }).body).to.include({
      biz_opaque_callback_data: '42',
    });
    expect(
      buildMessage(to, { text: { body: text }, biz_opaque_callback_data: 42 })
        .body,
    ).to.include({ biz_opaque_callback_data: '42' });
    expect(
      contentOf(buildMessage(to, { image: { id: 1037543291543636 } })),
    ).to.deep.equal({ id: '1037543291543636' });
    expect(contentOf(buildMedia(to, 'audio', { id: 7 }))).to.deep.equal({
      id: '7',
    });
    expect(
      contentOf(
        buildFlow(to, text, { flow_id: 1, flow_token: 2, flow_cta: 'B' }),
      ),
    ).to.deep.include({
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '1',
          flow_token: '2',
          flow_cta: 'B',
        },
      },
    });
    expect(
      contentOf(
        buildMessage(to, {
          interactive: {
            type: 'product',
            action: { catalog_id: 1, product_retailer_id: 2 },
          },
        }),
      ),
    ).to.deep.include({
      action: { catalog_id: '1', product_retailer_id: '2' },
    });
    expect(
      template([], {
        header: { image: { id: 7 } },
        buttons: [{ flow: { flow_token: 8 } }, { payload: 9 }],
      }).components,
    ).to.deep.equal([
      { type: 'header', parameters: [{ type: 'image', image: { id: '7' } }] },
      {
        type: 'button',
        sub_type: 'flow',
        index: '0',
        parameters: [{ type: 'action', action: { flow_token: '8' } }],
      },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '1',
        parameters: [{ type: 'payload', payload: '9' }],
      },
    ]);
  });

  it('is refused when it lost digits', () => {
    for (const build of [
      () => buildMessage(to, text, { callbackData: 2 ** 60 }),
      () => buildMessage(to, { image: { id: 2 ** 60 } }),
      () => buildFlow(to, text, { flow_id: 2 ** 60, flow_cta: 'B' }),
      () => template([], { header: { image: { id: 2 ** 60 } } }),
    ]) {
      const { description, fix } = throws(build);

      expect(description).to.match(/too long to be exact/);
      expect(fix).to.match(/as text all the way/);
    }
  });
});

describe('A field that is null', () => {
  it('is left out of every message', () => {
    expect(
      buildMessage(to, {
        type: 'image',
        image: {
          link: 'https://clinic.example/a.png',
          id: null,
          caption: null,
        },
        text: null,
        context: null,
        meta_new: null,
      }).body,
    ).to.deep.equal(
      buildMessage(to, { image: { link: 'https://clinic.example/a.png' } })
        .body,
    );
    expect(
      template([{ type: 'text', text: 'Amina', parameter_name: null }], {
        header: { image: { id: '1', link: null }, video: null },
        buttons: [{ payload: 'p', url: null }],
        components: null,
      }),
    ).to.deep.equal(
      template(['Amina'], {
        header: { image: { id: '1' } },
        buttons: [{ payload: 'p' }],
      }),
    );
  });

  it('is an option that is not given', () => {
    const none = {
      replyTo: null,
      callbackData: null,
      recipientType: null,
      defaultCountry: null,
      timeout: null,
      retry: null,
      dryRun: null,
    };

    expect(
      buildMessage(to, text, { ...none, previewUrl: null }).body,
    ).to.deep.equal(buildMessage(to, text).body);
    expect(
      buildButtons(to, text, ['Yes'], { ...none, header: null, footer: null })
        .body,
    ).to.deep.equal(buildButtons(to, text, ['Yes']).body);
    expect(
      buildReadReceipt('wamid.1', { typing: null, retry: { delay: null } })
        .body,
    ).to.deep.equal(buildReadReceipt('wamid.1').body);
  });

  it('stays in the data of a flow, which is the job’s own', () => {
    const flow = {
      flow_id: '1',
      flow_cta: 'Open',
      flow_action_payload: { screen: 'A', data: { district: null, visits: 3 } },
    };

    expect(JSON.stringify(buildFlow(to, text, flow).body)).to.contain(
      '"data":{"district":null,"visits":3}',
    );
  });
});

describe('What Meta takes', () => {
  it('is a media behind http', () => {
    const link = 'http://clinic.example/a.png';

    expect(contentOf(buildMedia(to, 'image', link))).to.deep.equal({ link });
    expect(contentOf(buildMessage(to, { image: { link } }))).to.deep.equal({
      link,
    });
  });

  it('is a long value of a template that has only a body', () => {
    const value = 'x'.repeat(32768);

    expect(template([value]).components).to.have.length(1);
    throws(() => template([`${value}x`]), { code: 'INVALID_TEMPLATE' });
    throws(() => template(['x'.repeat(1025)], { header: 'Hello' }), {
      code: 'INVALID_TEMPLATE',
    });
    throws(() => template(['x'.repeat(1025)], { buttons: [{ url: 'a' }] }), {
      code: 'INVALID_TEMPLATE',
    });
  });

  it('is a quick reply with a parameter of type text', () => {
    const button = {
      type: 'button',
      sub_type: 'quick_reply',
      index: '0',
      parameters: [{ type: 'text', text: 'yes' }],
    };

    expect(template([], { components: [button] }).components).to.deep.equal([
      button,
    ]);
  });

  it('is no header or footer when it asks for permission to call', () => {
    const ask = {
      type: 'call_permission_request',
      action: { name: 'call_permission_request' },
    };
    buildMessage(to, { interactive: ask });
    buildMessage(to, { interactive: { ...ask, body: { text } } });

    for (const part of [
      { header: { type: 'text', text } },
      { footer: { text } },
    ]) {
      const { description } = throws(() =>
        buildMessage(to, { interactive: { ...ask, body: { text }, ...part } }),
      );
      expect(description).to.match(/which is not allowed here/);
    }
  });
});
