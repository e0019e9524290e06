import { expect } from 'chai';
import { buildTemplate } from '../../../../src/messages/plain/template/template';
import { PRIVATE, TO, refuses } from './plain';

const build = (template: unknown, options?: unknown) =>
  buildTemplate(TO, template, undefined, options).body['template'];

describe('buildTemplate', () => {
  it('makes the whole body of a message', () => {
    const { to, body, options } = buildTemplate(TO, 'visit', ['Amina'], {
      replyTo: 'wamid.HBgL',
      callbackData: 'visit-1',
      language: 'sw',
      timeout: 5000,
    });

    expect(to).to.equal(TO);
    expect(body).to.deep.equal({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: TO,
      context: { message_id: 'wamid.HBgL' },
      type: 'template',
      template: {
        name: 'visit',
        language: { code: 'sw' },
        components: [
          { type: 'body', parameters: [{ type: 'text', text: 'Amina' }] },
        ],
      },
      biz_opaque_callback_data: 'visit-1',
    });
    expect(options).to.include({ timeout: 5000 });
  });

  it('speaks American English when no language is named', () => {
    for (const template of ['visit', { name: 'visit', language: undefined }]) {
      expect(build(template)).to.deep.equal({
        name: 'visit',
        language: { code: 'en_US' },
      });
    }
  });

  it('takes the language with the name, or as an option, or as both', () => {
    const visit = { name: 'visit', language: { code: 'sw' } };

    expect(build('visit', { language: 'sw' })).to.deep.equal(visit);
    expect(build({ name: 'visit', language: 'sw' })).to.deep.equal(visit);
    expect(build(visit)).to.deep.equal(visit);
    expect(build(visit, { language: 'sw' })).to.deep.equal(visit);
  });

  it('takes a template as Meta lists it', () => {
    const listed = {
      id: '594425479261596',
      name: 'visit',
      language: 'fr',
      status: 'APPROVED',
      components: [{ type: 'BODY', text: 'Hi {{1}}' }],
    };

    expect(build(listed)).to.deep.equal({
      name: 'visit',
      language: { code: 'fr' },
    });
  });

  it('refuses two languages', () => {
    refuses(
      () => build({ name: 'visit', language: 'en' }, { language: 'en_US' }),
      'The template has one language, and the option language names another.',
      'Keep one of the two.',
    );
  });

  it('refuses what is no name', () => {
    const refusesName = (template: unknown, description: string) =>
      refuses(() => build(template), description);

    refusesName(undefined, 'template is missing.');
    refusesName('', 'template is empty.');
    refusesName(5, 'template is a number; it must be text.');
    refusesName({}, 'template.name is missing.');
    refusesName(
      { name: `${PRIVATE} visit` },
      'template.name has a space in it, which no name of a template has.',
    );
    refusesName(
      'x'.repeat(513),
      'template has 513 characters; at most 512 are allowed.',
    );
    refusesName(
      { name: 'visit', components: [PRIVATE] },
      "template has a field 'components' that is not known there.",
    );
  });

  it('refuses what is no language', () => {
    for (const language of ['en-US', 'en US', PRIVATE + '!']) {
      refuses(
        () => build('visit', { language }),
        'language is not a language as WhatsApp writes it.',
        /underscore/,
      );
    }
    refuses(
      () => build({ name: 'visit', language: {} }),
      'template.language.code is missing.',
    );
  });

  it('refuses an option that does not exist', () => {
    for (const option of ['heading', 'previewUrl', 'lang']) {
      refuses(
        () => build('visit', { [option]: PRIVATE }),
        `There is no option '${option}'.`,
        /the options are language, header, buttons, carousel, limitedTimeOffer, components, replyTo/,
        'INVALID_OPTIONS',
      );
    }
  });

  it('refuses a recipient that is none', () => {
    refuses(
      () => buildTemplate(PRIVATE, 'visit', [], {}),
      'The recipient has letters in it.',
      /country code/,
      'INVALID_RECIPIENT',
    );
  });
});
