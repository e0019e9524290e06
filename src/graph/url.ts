import { refuse } from '../core/errors';

// URLs are built from parts, each part encoded. Never with node:path, which
// swallows `..`, and never with `new URL(path, base)` alone, which would send
// the token to whatever host an absolute path names.

/** Query values as a job gives them. */
export type Query = Record<string, unknown>;

/** A part of a path. Only an ID that is told to be one may hold a slash, as those of messages do. */
export type Part = string | { id: string };

/** The path of a raw request, as parts that cannot leave the API, and its query as written. */
export function splitPath(path: unknown): { parts: string[]; search: string } {
  if (typeof path !== 'string' || path.trim() === '') {
    return refusePath('is not text or is empty');
  }
  // Written plainly, a control character or a space hints at a pasted line.
  if (/[\s\\#\p{Cc}]/u.test(path)) {
    return refusePath('has a space, a line break, # or a backslash in it');
  }
  const [location = '', ...search] = path.split('?');
  const parts = location.replace(/^\//, '').replace(/\/$/, '').split('/');
  return { parts: parts.map(decodePart), search: search.join('?') };
}

/** Words that Meta and the gateway have in their paths; every other part may be a number, a name or a secret. */
export const EDGES: ReadonlySet<string> = new Set(
  `accept access_token activities add_phone_numbers assigned_users block_users business_compliance_info
  call_permissions calls campaigns claims client_whatsapp_business_accounts commerce_settings conversations
  conversational_automation debug_token deprecate deregister events flows groups health invite_link join_requests
  leases login marketing_messages media message_history message_qrdls message_templates messages migrate_flows
  official_business_account opt-outs owned_whatsapp_business_accounts participants people phone_numbers
  preverified_numbers publish register reject request_code schedules sends settings status statuses subscribed_apps
  subscriptions template_analytics uploads users verify_code webhook webhooks whatsapp_business_encryption
  whatsapp_business_profile whatsapp_commerce_settings`.split(/\s+/),
);

function decodePart(part: string): string {
  if (/^[a-z][a-z0-9+.-]*:$/i.test(part)) {
    return refusePath('is a whole address');
  }
  try {
    return decodeURIComponent(part);
  } catch {
    return refusePath('has a % that encodes nothing');
  }
}

export function refusePath(wrong: string): never {
  return refuse(
    'INVALID_PATH',
    `The path of the request ${wrong}.`,
    "Give a path below the phone number, such as 'messages', or one that begins with / and an ID, such as '/123/message_templates'.",
  );
}
