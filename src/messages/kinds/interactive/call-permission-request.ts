import { withoutFields } from '../../../schema/constraints';
import { object, oneOf, optional, withRules } from '../../../schema/rules';
import { defineKind } from '../kind';
import { body } from '../fields';

export const callPermissionRequest = defineKind({
  summary: 'Asks whether the business may call.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions',
  schema: withRules(
    object({
      type: oneOf('call_permission_request'),
      body: optional(body()),
      action: object({ name: oneOf('call_permission_request') }),
    }),
    withoutFields('header'),
    withoutFields('footer'),
  ),
  examples: [
    {
      type: 'call_permission_request',
      body: { text: 'May our midwife call you about your results?' },
      action: { name: 'call_permission_request' },
    },
  ],
});
