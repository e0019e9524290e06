import { refuse } from '../../core/errors';
import type { Check } from '../rules';
import { all, asObject, ensure, object, optional } from '../rules';
import { asString, exactlyOne, label, oneOf, text } from '../values';
import { interactiveWith, named } from './parts';

const noEmoji: Check = (value, at) => {
  if (/\p{Extended_Pictographic}/u.test(asString(value, at)))
    refuse(131009, `Param ${at} must not have an emoji.`);
};

const data: Check = (value, at) => {
  if (!Object.keys(asObject(value, at)).length)
    refuse(131009, `Param ${at} must not be empty; leave it out.`);
};

const parameters = all(
  object({
    flow_message_version: oneOf('3', 3),
    flow_id: optional(text()),
    flow_name: optional(text()),
    flow_cta: all(label(30), noEmoji),
    flow_token: optional(text()),
    mode: optional(oneOf('draft', 'published')),
    flow_action: optional(oneOf('navigate', 'data_exchange')),
    flow_action_payload: optional(
      object({ screen: optional(text()), data: optional(data) }),
    ),
  }),
  exactlyOne('flow_id', 'flow_name'),
  ensure(
    given =>
      given.flow_action !== 'data_exchange' ||
      given.flow_action_payload === undefined,
    'takes flow_action_payload with the action navigate only',
  ),
);

export const flow = interactiveWith(named('flow', parameters));
