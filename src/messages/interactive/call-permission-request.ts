import { withoutFields } from '../../schema/constraints';
import { kind } from '../kind';
import { object, oneOf, optional, withRules } from '../../schema/rules';
import { body } from './parts';

export const callPermissionRequest = kind({
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
