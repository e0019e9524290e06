import type { Json } from '../rules';
import { all, list, object, unique } from '../rules';
import { label, oneOf, webLink } from '../values';
import { interactiveWith, named } from './parts';

const reply = object({ id: label(256), title: label(20) });

const buttons = all(
  list(object({ type: oneOf('reply'), reply }), 1, 3),
  unique((button: { reply: Json }) => button.reply.title, 'title'),
  unique((button: { reply: Json }) => button.reply.id, 'id'),
);

export const button = interactiveWith(object({ buttons }));

export const urlAction = named(
  'cta_url',
  object({ display_text: label(20), url: webLink }),
);

export const ctaUrl = interactiveWith(urlAction);
