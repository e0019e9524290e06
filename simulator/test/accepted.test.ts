import { expect } from 'chai';
import { PHONE_NUMBER_ID, useSimulator } from './call';
import { INTERACTIVE } from './interactive';
import { KINDS, WAMID } from './messages';
import { template, TEMPLATES } from './templates';

const USER_ID = 'US.13579INVENTED';

describe('an accepted message', () => {
  const { simulator, send, post, call } = useSimulator();
  const path = `/${PHONE_NUMBER_ID}/messages`;
  const hello = KINDS.text!;

  for (const [name, messages] of Object.entries({
    message: KINDS,
    interactive: INTERACTIVE,
    template: TEMPLATES,
  }))
    for (const [kind, message] of Object.entries(messages))
      it(`can be this ${name}: ${kind}`, async () => {
        const { status, body } = await send(message);

        expect(status, JSON.stringify(body)).to.equal(200);
        expect(body.messages[0].id).to.match(/^wamid\.[\w+/]+={0,2}$/);
        expect(simulator().transcript()).to.have.length(1);
      });

  it('is answered with the number as given and its digits', async () => {
    const { body } = await send({ ...hello, to: '+1 (555) 01-00' });

    expect(body).to.deep.equal({
      messaging_product: 'whatsapp',
      contacts: [{ input: '+1 (555) 01-00', wa_id: '15550100' }],
      messages: [{ id: body.messages[0].id }],
    });
  });

  it('says its status when it is a template', async () => {
    const { body } = await send(template());

    expect(body.messages[0].message_status).to.equal('accepted');
  });

  it('is answered without a number when sent to a user ID', async () => {
    const { body } = await send({ ...hello, recipient: USER_ID });

    expect(body.contacts).to.deep.equal([{ input: USER_ID, user_id: USER_ID }]);
  });

  it('goes to the number when there is a user ID too', async () => {
    const both = { ...hello, to: '+15550102', recipient: USER_ID };
    const { body } = await send(both);

    expect(body.contacts[0].wa_id).to.equal('15550102');
  });

  it('names the group it went to', async () => {
    const { body } = await send(KINDS.pin!);

    expect(body.messages[0].group_id).to.equal(KINDS.pin!.to);
  });

  it('may carry everything that goes around a message', async () => {
    const { status, body } = await send({
      ...hello,
      recipient_type: 'individual',
      context: { message_id: WAMID },
      biz_opaque_callback_data: '𝒙'.repeat(512),
      recipient_identity_key_hash: 'c2hhcGU=',
      category: 'utility',
      ttl_seconds: 600,
      direct_send_config: { template_name: 'visit' },
    });

    expect(status, JSON.stringify(body)).to.equal(200);
  });

  it('has an ID of its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send(hello)),
    );

    const ids = answers.map(answer => answer.body.messages[0].id);
    expect(new Set(ids).size).to.equal(50);
  });

  it('needs no version in the path', async () => {
    const message = { messaging_product: 'whatsapp', to: '15550100', ...hello };

    expect((await post(path, message)).status).to.equal(200);
    expect((await post(`/v1.0${path}`, message)).status).to.equal(200);
  });

  it('may take a reaction back', async () => {
    const reaction = { message_id: WAMID, emoji: '' };

    expect((await send({ type: 'reaction', reaction })).status).to.equal(200);
  });

  it('is sent by POST only', async () => {
    const { status, body } = await call(path);

    expect(status).to.equal(400);
    expect(body.error).to.include({ code: 100, error_subcode: 33 });
    expect(body.error.message).to.include('Unsupported get request');
  });
});
