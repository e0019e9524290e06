import { expect } from 'chai';
import type { Json } from '../call';
import { useSimulator } from '../call';
import { INTERACTIVE, urlCard } from '../interactive';
import { WAMID } from '../messages';
import { but } from '../refusals';
import { action, body, button, header, template } from '../templates';

const within = (kind: string, change: (interactive: Json) => void) =>
  but(INTERACTIVE[kind]!, message => change(message.interactive));
const flow = { flow_message_version: 3, flow_name: 'visit', flow_cta: 'Book' };
const name = { formatted_name: 'Adaeze', last_name: 'Adaeze' };

// As little of everything as Meta takes: what is left out here is optional.
const LEAST: Record<string, Json> = {
  text: { type: 'text', text: { body: 'x' } },
  audio: { type: 'audio', audio: { id: '1' } },
  document: { type: 'document', document: { link: 'https://clinic.example' } },
  place: { type: 'location', location: { latitude: 0, longitude: 0 } },
  contacts: { type: 'contacts', contacts: [{ name, phones: [] }] },
  'short number': { to: '12345', type: 'text', text: { body: 'x' } },
  'long number': { to: '1'.repeat(15), type: 'text', text: { body: 'x' } },
  'user ID of a parent': {
    recipient: 'KE.ENT.0',
    type: 'text',
    text: { body: 'x' },
  },
  'life of a second': { ttl_seconds: 1, type: 'text', text: { body: 'x' } },
  pin: {
    to: 'R3JvdXA=',
    recipient_type: 'group',
    type: 'pin',
    pin: { type: 'unpin', message_id: WAMID },
  },
  'list without header': within('list', i => delete i.header),
  'document in the header': within('button', i => {
    i.header = { type: 'document', document: { id: '1' } };
  }),
  flow: within('flow', i => (i.action.parameters = flow)),
  'flow on its first screen': within('flow', i => {
    i.action.parameters = { ...flow, flow_action_payload: {} };
  }),
  cards: within('carousel', i => {
    const { body: _, ...bare } = urlCard(0);
    i.action.cards = [bare, { ...bare, card_index: 1 }];
  }),
  'product with words': within('product', i => (i.body = { text: 'x' })),
  call: within('voice_call', i => delete i.action.parameters),
  'call without more': within('voice_call', i => (i.action.parameters = {})),
  'free order': within('order_details', i => {
    i.action.parameters.total_amount = { value: 0, offset: 1 };
  }),
  template: {
    ...template(),
    template: { ...template().template, components: [] },
  },
  components: template({ type: 'header' }, header(), { type: 'body' }, body()),
  'document of a template': template(
    header({ type: 'document', document: { id: '1' } }),
  ),
  'tenth button': template({
    ...button('flow', action({})),
    index: '9',
  }),
  'call of a template': template(
    button('voice_call', { type: 'ttl_minutes', ttl_minutes: 1 }),
  ),
  'button whose parameters are not documented': template(button('spm')),
};

describe('a message may be as bare as Meta allows:', () => {
  const { send } = useSimulator();
  for (const [story, message] of Object.entries(LEAST))
    it(story, async () => {
      const { status, body } = await send(message);

      expect(status, JSON.stringify(body)).to.equal(200);
    });
});
