import { expect } from 'chai';
import {
  buildFlow,
  buildLocationRequest,
  buildUrlButton,
} from '../../../src/messages/plain/interactive';
import { throws } from '../../rejects';
import { expectBody, refusal, to } from './send-plain';

const body = 'Please look.';

describe('buildUrlButton', () => {
  const button = { display_text: 'See dates', url: 'https://clinic.example' };

  it('makes a button that opens an address', () => {
    expectBody(
      buildUrlButton(to, body, button, { header: 'Dates', footer: 'Clinic' }),
      'interactive',
      {
        type: 'cta_url',
        header: { type: 'text', text: 'Dates' },
        body: { text: body },
        footer: { text: 'Clinic' },
        action: { name: 'cta_url', parameters: button },
      },
    );
  });

  it('speaks of its own arguments when something is wrong', () => {
    for (const [description, given] of [
      ['button is missing.', undefined],
      ['button is text; it must be an object.', 'https://clinic.example'],
      ['button.display_text is missing.', { url: 'https://clinic.example' }],
      [
        'button.url is not an address of the web.',
        { ...button, url: 'clinic' },
      ],
      [
        'button.display_text has 21 characters; at most 20 are allowed.',
        { ...button, display_text: 'x'.repeat(21) },
      ],
    ] as const) {
      expect(refusal(() => buildUrlButton(to, body, given))).to.equal(
        description,
      );
    }
  });
});

describe('buildFlow', () => {
  const flow = { flow_id: '1', flow_cta: 'Open' };

  it('makes a button that opens a form, of version 3', () => {
    expectBody(buildFlow(to, body, flow), 'interactive', {
      type: 'flow',
      body: { text: body },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '1',
          flow_cta: 'Open',
        },
      },
    });
  });

  it('sends Meta’s parameters as they are written', () => {
    const given = {
      ...flow,
      flow_message_version: '4',
      flow_token: 'a',
      flow_action_payload: { screen: 'A', data: { k: 1 } },
    };

    expect(
      buildFlow(to, body, given).body['interactive'],
    ).to.have.deep.nested.property('action.parameters', given);
  });

  it('speaks of its own arguments when something is wrong', () => {
    for (const [description, given] of [
      ['flow is missing.', undefined],
      ['flow is text; it must be an object.', '1'],
      [
        'flow needs exactly one of flow_id and flow_name.',
        { flow_cta: 'Open' },
      ],
      ['flow.flow_cta is missing.', { flow_id: '1' }],
      [
        'flow.flow_cta has an emoji, which is not allowed here.',
        { ...flow, flow_cta: '👍' },
      ],
      [
        'flow.flow_id is a number too long to be exact: its last digits are lost.',
        { ...flow, flow_id: 2 ** 60 },
      ],
    ] as const) {
      expect(refusal(() => buildFlow(to, body, given))).to.equal(description);
    }
  });
});

describe('buildLocationRequest', () => {
  it('makes a button to send back where one is', () => {
    expectBody(buildLocationRequest(to, body), 'interactive', {
      type: 'location_request_message',
      body: { text: body },
      action: { name: 'send_location' },
    });
  });

  it('refuses to ask without words, and options that it has not', () => {
    expect(refusal(() => buildLocationRequest(to, undefined))).to.equal(
      'body is missing.',
    );
    throws(() => buildLocationRequest(to, body, { button: 'Send' }), {
      code: 'INVALID_OPTIONS',
    });
  });
});
