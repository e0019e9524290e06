import { degrees } from '../../schema/numbers';
import { anyText, object, optional } from '../../schema/rules';
import { defineKind } from './kind';
import { LIMITS } from './limits';

export const location = defineKind({
  summary: 'A place on the map, with an optional name and address.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages',
  schema: object({
    latitude: degrees(LIMITS.latitude),
    longitude: degrees(LIMITS.longitude),
    name: optional(anyText()),
    address: optional(anyText()),
  }),
  examples: [
    {
      latitude: '-1.2921',
      longitude: '36.8219',
      name: 'Health center',
      address: '12 River Road, Nairobi',
    },
    { latitude: 12.6392, longitude: -8.0029 },
  ],
});
