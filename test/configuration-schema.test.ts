import { keys } from '../src/core/configuration';
import { connect } from '../src/core/client';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import schema from '../configuration-schema.json' with { type: 'json' };

// What OpenFn's form shows or passes over; others crash it or say nothing when violated.
const KEYWORDS = [
  'title',
  'type',
  'format',
  'minLength',
  'writeOnly',
  'description',
  'default',
  'examples',
];
const SECRETS = ['apiToken', 'appSecret', 'verifyToken', 'gatewayKey'];

const fields = Object.entries<Record<string, unknown>>(schema.properties);

describe('configuration-schema.json', () => {
  it('offers the keys that the adaptor reads', () => {
    expect(Object.keys(schema.properties)).to.have.members([...keys]);
  });

  it('requires the token alone', () => {
    expect(schema.required).to.deep.equal(['apiToken']);
  });

  it('names the defaults that the adaptor has', () => {
    const { apiVersion, baseUrl } = schema.properties;

    expect(connect({}).base).to.deep.equal({
      origin: baseUrl.default,
      path: `/${apiVersion.default}`,
    });
  });

  for (const [key, field] of fields) {
    describe(key, () => {
      it('is text with a title and a description', () => {
        expect(field).to.include({ type: 'string' });
        expect(field['title']).to.be.a('string').that.is.not.empty;
        expect(field['description']).to.match(/^[A-Z].*\.$/);
      });

      it('has no keyword that the form cannot show', () => {
        expect(KEYWORDS).to.include.members(Object.keys(field));
        expect(field['format'] ?? 'uri').to.equal('uri');
        expect(field['minLength'] ?? 1).to.equal(1);
      });

      it('is hidden when it is a secret, and only then', () => {
        expect(field['writeOnly'] ?? false).to.equal(SECRETS.includes(key));
      });
    });
  }
});

describe('the JSON Schema of a credential', () => {
  const ajv = new Ajv({ formats: { uri: text => URL.canParse(text) } });
  const accepts = ajv.compile(schema);

  it('accepts a token alone', () => {
    expect(accepts({ apiToken: 'EAAB' })).to.equal(true);
  });

  it('accepts a credential of 1.x', () => {
    const credential = {
      apiToken: 'EAAB',
      phoneNumberId: '100200300400500',
      apiVersion: 'v19.0',
      baseUrl: 'https://graph.facebook.com',
    };

    expect(accepts(credential)).to.equal(true);
  });

  it('accepts its own examples and defaults', () => {
    for (const [key, field] of fields) {
      const values = [field['default'] ?? [], field['examples'] ?? []].flat();
      for (const value of values) {
        expect(accepts({ apiToken: 'EAAB', [key]: value }), key).to.equal(true);
      }
    }
  });

  it('accepts keys that it does not know', () => {
    expect(accepts({ apiToken: 'EAAB', country: 'KE' })).to.equal(true);
  });

  it('refuses a credential without a token', () => {
    expect(accepts({ phoneNumberId: '100200300400500' })).to.equal(false);
    expect(accepts({ apiToken: '' })).to.equal(false);
  });

  it('refuses an address that is none', () => {
    expect(accepts({ apiToken: 'EAAB', baseUrl: 'graph' })).to.equal(false);
  });
});
