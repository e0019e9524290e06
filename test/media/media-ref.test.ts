import { readMediaId, readMediaRef } from '../../src/media/media-ref';
import { expect } from 'chai';
import { throws } from '../rejects';

const URL =
  'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=12345&ext=1';

describe('a media to download', () => {
  it('is named by its ID', () => {
    expect(readMediaRef('1037543291543636')).to.deep.equal({
      id: '1037543291543636',
    });
    expect(readMediaRef(12345)).to.deep.equal({ id: '12345' });
  });

  it('is named by its URL, which tells the ID too', () => {
    expect(readMediaRef(URL)).to.deep.equal({ url: URL, id: '12345' });
    expect(readMediaRef('https://a.fbsbx.com/x')).to.deep.equal({
      url: 'https://a.fbsbx.com/x',
    });
  });

  it('is the object of a message, as a webhook brings it', () => {
    const given = {
      id: '7',
      mime_type: 'image/jpeg',
      sha256: 'a'.repeat(64),
      filename: 'x.pdf',
      caption: 'x',
    };

    expect(readMediaRef(given)).to.deep.equal({
      id: '7',
      mimeType: 'image/jpeg',
      sha256: 'a'.repeat(64),
      filename: 'x.pdf',
    });
    expect(readMediaRef({ id: '7', url: URL })).to.deep.equal({
      id: '7',
      url: URL,
    });
  });

  it('is refused as anything else', () => {
    const wrong = [
      undefined,
      null,
      '',
      {},
      [],
      2 ** 60,
      'two words',
      '../1',
      true,
      { id: 7.5 },
    ];

    for (const given of wrong)
      throws(() => readMediaRef(given), { code: 'INVALID_MEDIA' });
  });

  it('is refused as a URL where only an ID will do', () => {
    throws(() => readMediaId('https://a.fbsbx.com/x'), {
      code: 'INVALID_MEDIA',
    });
    expect(readMediaId({ id: '7' })).to.equal('7');
  });
});
