import { expect } from 'chai';
import { verify } from '../../../src/webhook';
import { createPayloadFilter, withRaw } from '../../src/forward/payload-filter';
import { SECRET, message, sign, status, webhook } from '../support/payloads';

const item = (place: object, ...persons: string[]) => ({
  places: [place],
  persons,
});

describe('createPayloadFilter', () => {
  it('keeps what is wanted, in the shape of Meta, with what is said of all', () => {
    const contacts = [{ wa_id: '254700000001', profile: { name: 'Amina' } }];
    const wanted = message('Hello');
    const statuses = [status('w', 'sent')];
    const payload = webhook({
      contacts,
      messages: [wanted, message('Hi')],
      statuses,
    });

    const kept = createPayloadFilter(payload)([item(wanted, '254700000001')]);

    expect(kept).to.deep.equal(webhook({ contacts, messages: [wanted] }));
  });

  it('keeps the only contact of several items for the one whose it is', () => {
    const contacts = [{ wa_id: '254700000001', profile: { name: 'Amina' } }];
    const [named, another] = [{ user_id: 'KE.1' }, { user_id: 'KE.2' }];
    const payload = webhook({ contacts, user_preferences: [named, another] });
    const keepOnly = createPayloadFilter(payload);

    const [own, foreign] = [
      keepOnly([item(named, '254700000001', 'KE.1')]),
      keepOnly([item(another, 'KE.2')]),
    ];

    expect(own).to.deep.equal(webhook({ contacts, user_preferences: [named] }));
    expect(foreign).to.deep.equal(
      webhook({ contacts: [], user_preferences: [another] }),
    );
  });

  it('drops changes and entries in which nothing is wanted', () => {
    const wanted = message('Hello');
    const other = webhook({ statuses: [status('w', 'sent')] });
    const payload = webhook({ messages: [wanted] });
    const both = { ...payload, entry: [...other.entry, ...payload.entry] };

    expect(createPayloadFilter(both)([item(wanted)])).to.deep.equal(payload);
  });

  it('finds nothing when an item is not there', () => {
    const payload = webhook({ messages: [message('Hi')] });

    expect(createPayloadFilter(payload)([item(message('Hi'))])).to.equal(
      undefined,
    );
  });
});

describe('withRaw', () => {
  it("puts the exact text and its signature beside Meta's keys", () => {
    const raw = '{ "entry": [], "text": "caf\\u00e9 \\/" }\n';

    const body = withRaw(raw, { raw, signature: sign(raw), payload: {} });

    const {
      raw: text,
      signature,
      ...others
    } = JSON.parse(body) as Record<string, string>;
    expect(text).to.equal(raw);
    expect(verify(text ?? '', signature, SECRET)).to.equal(true);
    expect(others).to.deep.equal(JSON.parse(raw));
  });
});
