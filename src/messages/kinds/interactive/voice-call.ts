import {
  id,
  object,
  oneOf,
  optional,
  wholeNumber,
} from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import { commonFields, label } from '../fields';

const { title, minutes, payload } = LIMITS.voiceCall;

export const voiceCall = defineKind({
  summary: 'A button to call the business on WhatsApp.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-button-messages-deep-links',
  schema: object({
    type: oneOf('voice_call'),
    ...commonFields(),
    action: object({
      name: oneOf('voice_call'),
      parameters: optional(
        object({
          display_text: optional(label(title)),
          ttl_minutes: optional(wholeNumber(1, minutes)),
          payload: optional(id(payload)),
        }),
      ),
    }),
  }),
  examples: [
    {
      type: 'voice_call',
      header: { type: 'video', video: { id: '1166846181421424' } },
      body: { text: 'A nurse can answer your question now.' },
      action: {
        name: 'voice_call',
        parameters: {
          display_text: 'Call the nurse',
          ttl_minutes: 60,
          payload: 'nurse-line',
        },
      },
    },
  ],
});
