import type { Json } from '../../call';
import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

describe('a link or a flow is refused for:', () => {
  const flow = (change: (parameters: Json) => void) =>
    wrong('flow', i => change(i.action.parameters));
  const link = (change: (parameters: Json) => void) =>
    wrong('cta_url', i => change(i.action.parameters));
  refuses([
    [
      'another name',
      wrong('cta_url', i => (i.action.name = 'url')),
      131009,
      'name',
    ],
    ['no address', link(p => delete p.url), 131008, 'url'],
    ['an address of no kind', link(p => (p.url = 'clinic')), 131009, 'URL'],
    ['a long text', link(p => (p.display_text = long(21))), 131009, '20'],
    ['no flow', flow(p => delete p.flow_id), 131008, 'flow_name'],
    ['two flows', flow(p => (p.flow_name = 'x')), 131009, 'only one'],
    [
      'another version',
      flow(p => (p.flow_message_version = '4')),
      131009,
      'version',
    ],
    ['a long cta', flow(p => (p.flow_cta = long(31))), 131009, '30'],
    ['a cta with an emoji', flow(p => (p.flow_cta = 'Go 🚀')), 131009, 'emoji'],
    ['another mode', flow(p => (p.mode = 'test')), 131009, 'mode'],
    [
      'a payload for data_exchange',
      flow(p => (p.flow_action = 'data_exchange')),
      131009,
      'navigate',
    ],
    [
      'empty data',
      flow(p => (p.flow_action_payload.data = {})),
      131009,
      'empty',
    ],
    [
      'unknown parameter',
      flow(p => (p.flow_screen = 'A')),
      100,
      '"flow_screen"',
    ],
  ]);
});
