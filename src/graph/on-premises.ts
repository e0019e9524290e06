import { refuseOnPremises } from '../core/errors';
import { isObject } from '../core/values';

// How Meta's On-Premises API spoke. Meta ended it in 2025; Turn.io and others
// still speak this way.

type Body = Record<string, unknown>;

/** What the operations ask of it; the rest of what they can do it does not have. */
const PATHS = ['messages', 'media', 'users'];

const isOffered = (path: unknown): boolean =>
  typeof path === 'string' && PATHS.includes(path);

/** Refuses what the API does not have, before it is asked for it. */
export function checkOffered(path: unknown): void {
  if (!isOffered(path)) refuseOnPremises('does not have this operation');
}

/** A message of the Cloud API in its words. */
export function message({ messaging_product: _, ...body }: Body) {
  if (body['recipient'] !== undefined) {
    refuseOnPremises('knows people by their numbers only, not by user IDs');
  }
  return {
    method: 'POST',
    parts: ['messages'],
    body: {
      ...body,
      ...(body['recipient_type'] !== 'group' && { to: digitsOf(body['to']) }),
      ...textOf(body['text']),
      ...templateOf(body['template']),
    },
  };
}

/** A read receipt of the Cloud API in its words. */
export function receipt(body: Body) {
  if (body['typing_indicator'] !== undefined) {
    refuseOnPremises('cannot show that an answer is being written');
  }
  return {
    method: 'PUT',
    parts: ['messages', { id: String(body['message_id']) }],
    body: { status: body['status'] },
  };
}

/** A recipient is named by the WhatsApp ID, which is digits only. */
const digitsOf = (to: unknown) => String(to).replace(/\D/g, '');

function textOf(text: unknown): Body {
  if (!isObject(text)) return {};
  const { preview_url, ...content } = text;
  return { text: content, ...(preview_url !== undefined && { preview_url }) };
}

function templateOf(template: unknown): Body {
  if (!isObject(template) || !isObject(template['language'])) return {};
  // Required there, and the only policy that was left.
  const language = { policy: 'deterministic', ...template['language'] };
  return { template: { ...template, language } };
}
