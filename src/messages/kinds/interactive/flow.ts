import { noEmoji } from '../../../schema/constraints';
import {
  anyObject,
  id,
  object,
  oneOf,
  optional,
  text,
  withRules,
} from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import { commonFields, label } from '../fields';

type Parameters = {
  flow_id?: string;
  flow_name?: string;
  flow_action?: string;
  flow_action_payload?: object;
};

const oneName: Rule = {
  summary: 'exactly one of flow_id and flow_name',
  isValid: ({ flow_id, flow_name }: Parameters) =>
    (flow_id === undefined) !== (flow_name === undefined),
  message: 'needs exactly one of flow_id and flow_name',
  fix: 'Give the flow_id that WhatsApp Manager shows, or the flow_name, not both.',
};

const payloadOnlyToNavigate: Rule = {
  summary: 'flow_action_payload only with the flow_action navigate',
  isValid: ({ flow_action = 'navigate', flow_action_payload }: Parameters) =>
    flow_action === 'navigate' || flow_action_payload === undefined,
  message: 'has a flow_action_payload, but its flow_action is not navigate',
  fix: 'Leave the flow_action_payload out, or the flow_action.',
};

const notEmpty: Rule = {
  summary: 'not empty',
  isValid: (data: object) => Object.keys(data).length > 0,
  message: 'has no fields, which WhatsApp refuses',
  fix: 'Put a field in it, or leave it out.',
};

const payload = object({
  screen: optional(text()),
  data: optional(withRules(anyObject(), notEmpty)),
});

export const flow = defineKind({
  summary: 'A button that opens a form (a WhatsApp Flow).',
  link: 'https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-flow-messages',
  schema: object({
    type: oneOf('flow'),
    ...commonFields(),
    action: object({
      name: oneOf('flow'),
      parameters: withRules(
        object({
          flow_message_version: id(),
          flow_id: optional(id()),
          flow_name: optional(text()),
          flow_cta: withRules(label(LIMITS.flowButton), noEmoji),
          flow_token: optional(id()),
          mode: optional(oneOf('draft', 'published')),
          flow_action: optional(oneOf('navigate', 'data_exchange')),
          flow_action_payload: optional(payload),
        }),
        oneName,
        payloadOnlyToNavigate,
      ),
    }),
  }),
  examples: [
    {
      type: 'flow',
      header: {
        type: 'image',
        image: { link: 'https://clinic.example/form.png' },
      },
      body: { text: 'Please tell us about the birth.' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '1234567890123456',
          flow_cta: 'Open the form',
          flow_token: 'birth-2027-05',
          mode: 'published',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'BIRTH', data: { district: 'East' } },
        },
      },
    },
    {
      type: 'flow',
      body: { text: 'Please fill in your visit.' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_name: 'visit_report',
          flow_cta: 'Fill in',
          flow_action: 'data_exchange',
        },
      },
    },
  ],
});
