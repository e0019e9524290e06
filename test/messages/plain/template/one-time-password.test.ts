import { expect } from 'chai';
import { buildOneTimePassword } from '../../../../src/messages/plain/template/one-time-password';
import { PRIVATE, TO, refuses } from './plain';

const build = (code: unknown, options?: unknown) =>
  buildOneTimePassword(TO, 'login_code', code, options);

describe('buildOneTimePassword', () => {
  it('puts the code into the text and into the button', () => {
    const parameters = [{ type: 'text', text: '012345' }];

    expect(build(' 012345\n').body['template']).to.deep.equal({
      name: 'login_code',
      language: { code: 'en_US' },
      components: [
        { type: 'body', parameters },
        { type: 'button', sub_type: 'url', index: '0', parameters },
      ],
    });
  });

  it('takes the code as a number', () => {
    expect(build(123456)).to.deep.equal(build('123456'));
  });

  it('takes a code of one to fifteen characters', () => {
    for (const code of ['7', 'x'.repeat(15)]) {
      expect(JSON.stringify(build(code).body)).to.include(`"${code}"`);
    }
  });

  it('takes a language and the options of every send', () => {
    const given = { language: 'sw', callbackData: 'login', dryRun: true };
    const { body, options } = build('1234', given);

    expect(options).to.deep.equal(given);
    expect(body).to.include({ biz_opaque_callback_data: 'login' });
    expect(body['template']).to.deep.include({ language: { code: 'sw' } });
  });

  it('refuses a code that is missing or empty', () => {
    refuses(() => build(undefined), 'code is missing.');
    refuses(() => build(''), 'code is empty, which WhatsApp refuses.');
    refuses(() => build(true), 'code is true or false, not text.');
  });

  it('refuses a code that is too long, or has what no code has', () => {
    refuses(
      () => build(PRIVATE + '0123456789'),
      'code has 16 characters; at most 15 are allowed.',
    );
    refuses(
      () => build('1234👍'),
      'code has an emoji, which is not allowed here.',
    );
    refuses(
      () => build('https://a.b/1'),
      'code is an address, which is not allowed here.',
    );
  });

  it('refuses a number that cannot be the code as it was', () => {
    for (const code of [-1, 12.5, NaN, 2 ** 60]) {
      refuses(
        () => build(code),
        'code is a number that is no code.',
        /zeros at its beginning/,
      );
    }
  });

  it('refuses a business-scoped user ID', () => {
    refuses(
      () =>
        buildOneTimePassword('KE.13491208655302741918', 'login_code', '1', {}),
      'The recipient is a business-scoped user ID, to which WhatsApp sends no one-time password.',
      'Send it to the phone number of the person.',
      'INVALID_RECIPIENT',
    );
  });

  it('refuses an option that only other templates have', () => {
    for (const option of ['header', 'buttons', 'components']) {
      refuses(
        () => build('1234', { [option]: PRIVATE }),
        `There is no option '${option}'.`,
        /the options are language, replyTo/,
        'INVALID_OPTIONS',
      );
    }
  });
});
