import { kind } from '../kind';
import { object, oneOf } from '../rules';
import { parts } from './parts';

export const callPermissionRequest = kind({
  summary: 'Asks whether the business may call.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions',
  schema: object({
    type: oneOf('call_permission_request'),
    ...parts(),
    action: object({ name: oneOf('call_permission_request') }),
  }),
  examples: [
    {
      type: 'call_permission_request',
      body: { text: 'May our midwife call you about your results?' },
      action: { name: 'call_permission_request' },
    },
  ],
});
