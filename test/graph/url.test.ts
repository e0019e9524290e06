import { labelOf, pathTo, searchOf } from '../../src/graph/request';
import { expect } from 'chai';
import { splitPath } from '../../src/graph/url';
import { throws } from '../rejects';

describe('pathTo', () => {
  const base = { origin: 'https://graph.facebook.com', path: '/v25.0' };

  it('encodes the slash of an ID, and refuses one that leads elsewhere', () => {
    expect(pathTo(base, 'messages', { id: 'wamid.a/b+c==' })).to.equal(
      '/v25.0/messages/wamid.a%2Fb%2Bc%3D%3D',
    );
    for (const id of ['', '.', '..']) {
      throws(() => pathTo(base, { id }), { code: 'INVALID_PATH' });
    }
  });

  it('encodes each part', () => {
    expect(pathTo(base, '12', 'a b?c#d%')).to.equal(
      '/v25.0/12/a%20b%3Fc%23d%25',
    );
  });

  for (const part of ['..', '.', '', 'a/b', 'a\\b']) {
    it(`refuses the part '${part}'`, () => {
      throws(() => pathTo(base, '12', part), { code: 'INVALID_PATH' });
    });
  }
});

describe('splitPath', () => {
  it('gives the parts and the query as written', () => {
    expect(splitPath('messages/?a=1&b=x,y')).to.deep.equal({
      parts: ['messages'],
      search: 'a=1&b=x,y',
    });
  });

  it('drops the leading slash', () => {
    expect(splitPath('/123/message_templates').parts).to.deep.equal([
      '123',
      'message_templates',
    ]);
  });

  for (const path of [
    'https://evil.example/messages',
    '//evil.example/messages',
    'a#b',
    'a b',
    'a\\b',
    'a\r\nb',
    '%zz',
    '',
    undefined,
    5,
  ]) {
    it(`refuses ${JSON.stringify(path)}`, () => {
      const base = { origin: 'https://graph.facebook.com', path: '/v25.0' };
      throws(() => pathTo(base, ...splitPath(path).parts), {
        code: 'INVALID_PATH',
      });
    });
  }

  for (const path of [
    '../999/messages',
    '%2e%2e/999/messages',
    '1%2f2',
    '1%5c2',
  ]) {
    it(`refuses to leave the number by ${path}`, () => {
      const base = { origin: 'https://graph.facebook.com', path: '/v25.0' };
      throws(() => pathTo(base, '123', ...splitPath(path).parts), {
        code: 'INVALID_PATH',
      });
    });
  }
});

describe('searchOf', () => {
  it('joins what the path has and what the options have', () => {
    expect(searchOf({ limit: 5, ids: ['1'], none: undefined }, 'a=b')).to.equal(
      '?a=b&limit=5&ids=%5B%221%22%5D',
    );
  });

  it('is empty without any', () => {
    expect(searchOf()).to.equal('');
  });
});

describe('labelOf', () => {
  it('keeps words, and neither IDs nor queries', () => {
    expect(labelOf('/v25.0/106540352242922/messages?to=1')).to.equal(
      'messages',
    );
    expect(labelOf('/v25.0/106540352242922')).to.equal('*');
    expect(labelOf('/v25.0/12/media/wamid.ABC')).to.equal('media/*');
  });

  it('keeps no word that the API does not have', () => {
    expect(labelOf('/v25.0/12/amina/visit_reminder')).to.equal('*/*');
    expect(labelOf('/clinic/v25.0/whatever/%2B254712345678')).to.equal('*/*');
    expect(labelOf('/v25.0/12/messages?a=1\n/amina')).to.equal('messages');
  });
});
