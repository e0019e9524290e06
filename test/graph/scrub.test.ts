import { UNREAD } from '../../src/graph/content';
import { expect } from 'chai';
import { scrub } from '../../src/graph/scrub';
import { encodings } from './encodings';

describe('scrub', () => {
  const sent = {
    messaging_product: 'whatsapp',
    to: '+15550100200',
    type: 'template',
    template: {
      name: 'visit_reminder',
      language: { code: 'en_US' },
      components: [
        { type: 'body', parameters: [{ type: 'text', text: 'Amina (a.b)' }] },
      ],
    },
  };
  const text = 'Dear Amina Wanjiru, your visit is on Friday at the clinic';

  it('takes out what was sent', () => {
    expect(scrub('value "Amina (a.b)" is too long', sent)).to.equal(
      'value "***" is too long',
    );
  });

  it('takes out what was sent as JSON that the job wrote itself', () => {
    const body = JSON.stringify(sent);

    for (const written of [body, Buffer.from(body), { payload: body }]) {
      expect(scrub('value "Amina (a.b)" is too long', [written])).to.equal(
        'value "***" is too long',
      );
    }
  });

  it('takes out a verification code', () => {
    expect(scrub('The code 048213 is wrong.', [{ code: '048213' }])).to.equal(
      'The code *** is wrong.',
    );
  });

  it('takes out phone numbers, however written', () => {
    expect(scrub('15550100200 and +254 712 345 678.', sent)).to.equal(
      '*** and ***.',
    );
  });

  it("takes out the template's name and language, and keeps Meta's vocabulary and counts", () => {
    const words = 'template visit_reminder (en_US): body has 1 of 3 (#132000)';

    expect(scrub(words, sent)).to.equal(
      'template *** (***): body has 1 of 3 (#132000)',
    );
  });

  it('takes out numbers, names of fields that are none, and words that Meta uses too', () => {
    const given = { '+254712345678 Ali': 4711, status: 'APPROVED' };

    expect(scrub('4711 of Ali is APPROVED', given)).to.equal(
      '*** of *** is ***',
    );
  });

  it('takes out base64 of scripts that put no spaces between words', () => {
    for (const before of ['', 'x', 'xy']) {
      const packed = Buffer.from(`${before}明美`).toString('base64');

      expect(scrub(`value ${packed} is invalid`, '明美')).to.match(
        /^value \*\*\*=* is invalid$/,
      );
    }
  });

  it('takes out a name of three letters inside other letters', () => {
    for (const words of ['xAlix', 'ALI_', 'noteAli', 'Alinote']) {
      expect(scrub(`value ${words} is invalid`, ['Ali'])).to.match(
        /^value \*\*\*_? is invalid$/,
      );
    }
  });

  it("leaves Meta's words readable that have such a name in them", () => {
    const words = 'The validation of localizable parameters failed (#131009)';

    expect(scrub(words, ['Ali', 'Loc', '131', 'text of Ida'])).to.equal(words);
  });

  it('takes out a name that is a key, but not the name of a field', () => {
    const body = { Zuberi: { Amina: 1 }, recipeint_type: 'x', vsitDate: 1 };

    expect(
      scrub('Unexpected key recipeint_type, vsitDate of Zuberi: Amina', [body]),
    ).to.equal('Unexpected key recipeint_type, vsitDate of ***: ***');
  });

  it('does not cut short contents out of longer words', () => {
    expect(scrub('Parameter is wrong: is', { text: 'is' })).to.equal(
      'Parameter *** wrong: ***',
    );
  });

  it('takes out a single word of a text, but not one that Meta uses itself', () => {
    expect(scrub('Amina is not your contact', { text })).to.equal(
      '*** is not your contact',
    );
  });

  it('takes out what Meta cut off', () => {
    for (const words of [
      'Dear Amina Wan',
      'Dear Ami...',
      "'Dear Amina Wanj'",
    ]) {
      expect(scrub(`The text ${words}`, { text }), words).to.match(
        /^The text '?\*\*\*[.']*$/,
      );
    }
  });

  for (const [name, encode] of Object.entries(encodings)) {
    it(`takes out what comes back ${name}`, () => {
      for (const value of [text, 'Wanjiru', 'EAAGm0PX4ZCps', 'p@ss w0rd!']) {
        const words = scrub(`The value ${encode(value)} is wrong`, [value]);

        expect(words).to.match(/^The value [^a-z]*\*\*\*[^a-z]* is wrong$/);
      }
    });
  }

  const misreadings: Record<string, (bytes: Buffer) => string> = {
    'Latin-1': bytes => bytes.toString('latin1'),
    'Windows-1252': bytes => new TextDecoder('windows-1252').decode(bytes),
  };
  for (const [name, misread] of Object.entries(misreadings)) {
    it(`takes out UTF-8 that was read as ${name}`, () => {
      for (const value of ['José Ñandú', 'محمد', 'አበበ በቀለ', '明美', '🤰🏾']) {
        const read = misread(Buffer.from(value));

        expect(scrub(`The value ${read} is wrong`, [value]), value).to.match(
          /^The value [* ]+ is wrong$/,
        );
      }
    });
  }

  it('takes out a name with an accent before a quotation mark', () => {
    for (const words of ['« Josué\u00a0» is wrong', 'JOSUÉ” is wrong']) {
      expect(scrub(words, ['Josué'])).to.match(/^(« )?\*\*\*[»”\s]* is wrong$/);
    }
  });

  it("leaves Meta's words as they are when nothing of what was sent is in them", () => {
    for (const words of [
      "(#100) Param text['body'] must be at most 4096 characters long.",
      '(#132000) Number of parameters does not match: body: number of localizable_params (1) does not match the expected number of params (2)',
      'Cannot be loaded due to missing permissions. Please read https://developers.facebook.com/docs/graph-api',
      'Param file must be one of: audio/aac, image/jpeg, application/pdf; up to 16MB, v25.0, OAuthException',
    ]) {
      expect(scrub(words, [sent, text])).to.equal(words);
    }
  });

  it('keeps only words of Meta when nobody knows all that was sent', () => {
    const words = 'Parameter file of Amina must be at most 16 MB';
    const large = Array(30_000).fill('x').join(' ');

    for (const given of [UNREAD, large, Buffer.from([0xff, 0xd8]), [large]]) {
      expect(scrub(words, given)).to.equal(
        'Parameter file of *** must be at most 16 MB',
      );
    }
  });

  it('gives no words rather than wrong ones when it fails', () => {
    const broken = {
      get text(): string {
        throw new TypeError('Amina');
      },
    };

    expect(scrub('Amina is wrong', broken)).to.equal('***');
  });

  it('takes any depth, and a value that holds itself', () => {
    const cycle: Record<string, unknown> = { name: 'Amina' };
    cycle['self'] = cycle;
    let deep: unknown = 'Wanjiru';
    for (let level = 0; level < 100_000; level++) deep = [deep];

    expect(scrub('Amina Wanjiru is wrong', [cycle, deep])).to.equal(
      '*** is wrong',
    );
  });

  it('looks at each letter only so often, however hostile the text and the answer', () => {
    const million = 1_000_000;
    for (const piece of [
      'a',
      'ab ',
      '(',
      '1 ',
      '\\',
      '%41',
      '&#',
      'Am-',
      '.',
    ]) {
      const hostile = piece.repeat(million / piece.length);

      const words = scrub(`No: ${hostile}`, [hostile, { [hostile]: hostile }]);

      expect(words.length).to.be.below(1100);
      expect(words).to.match(/^(No: .*)?$/s);
    }
  });
});
