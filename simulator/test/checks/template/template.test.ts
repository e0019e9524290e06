import type { Json } from '../../call';
import { but, refuses } from '../../refusals';
import { template } from '../../templates';

const changed = (change: (template: Json) => void) =>
  but(template(), message => change(message.template));

describe('a template is refused for:', () => {
  refuses([
    ['no name', changed(t => delete t.name), 131008, 'name'],
    [
      'a name that none can have',
      changed(t => (t.name = 'Visit!')),
      132001,
      'exist',
    ],
    ['a long name', changed(t => (t.name = 'a'.repeat(513))), 131009, '512'],
    ['no language', changed(t => delete t.language), 131008, 'language'],
    [
      'a language as text',
      changed(t => (t.language = 'en_US')),
      131009,
      'object',
    ],
    ['no language code', changed(t => (t.language = {})), 131008, 'code'],
    [
      'a code with a dash',
      changed(t => (t.language.code = 'en-US')),
      132001,
      'exist',
    ],
    [
      'a policy',
      changed(t => (t.language.policy = 'fallback')),
      131009,
      'policy',
    ],
    [
      'components of no kind',
      changed(t => (t.components = {})),
      131009,
      'array',
    ],
    ['a property', changed(t => (t.namespace = 'x')), 100, '"namespace"'],
    ['a component without type', template({ parameters: [] }), 131008, 'type'],
    ['an unknown component', template({ type: 'footer' }), 131009, 'type'],
  ]);
});
