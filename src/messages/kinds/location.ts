import { place } from './fields';
import { defineKind } from './kind';

export const location = defineKind({
  summary: 'A place on the map, with an optional name and address.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages',
  schema: place(),
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
