import { Hono } from 'hono';
import type { Env } from '../core/env';

const WELCOME = `This is a simulator of the WhatsApp Cloud API.

It answers like graph.facebook.com and sends nothing to anybody.
Use this address as baseUrl, any text as apiToken, any digits as phoneNumberId.

  POST   /{version}/{phone-number-id}/messages   send, or mark as read
  POST   /{version}/{phone-number-id}/media      upload a file
  GET    /{version}/{media-id}                   where it is; DELETE forgets it
  GET    /{version}/{waba-id}/message_templates  templates, and more of an account
  GET    /simulator/transcript                     what was accepted
  DELETE /simulator/transcript                     forget it
  POST   /simulator/faults                         let the next calls go wrong
  PUT    /simulator/files/{name}                   a shelf in another system
`;

export const home = () => new Hono<Env>().get('/', c => c.text(WELCOME));
