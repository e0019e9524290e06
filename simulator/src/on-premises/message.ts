import type { Json } from '../checks/rules';
import { isObject } from '../checks/rules';

/** The code and the details of a refusal. */
type Flaw = [code: number, details: string];

/** Properties that only the Cloud API knows. */
const UNKNOWN = ['messaging_product', 'recipient'];

/** What the On-Premises API does not take of a message that the Cloud API takes. */
export function flawOf(message: Json): Flaw | undefined {
  const { recipient_type, template, text, to } = message;
  const unknown = UNKNOWN.find(name => message[name] !== undefined);
  if (unknown) return [1010, `The parameter ${unknown} is not known.`];
  if (isObject(text) && text.preview_url !== undefined)
    return [1010, 'The parameter preview_url stands beside text, not in it.'];
  if (to === undefined) return [1008, 'The parameter to is missing.'];
  if (recipient_type !== 'group' && !/^\d+$/.test(String(to)))
    return [1009, 'The parameter to is no WhatsApp ID, which is digits only.'];
  return hasPolicy(template)
    ? undefined
    : [1008, 'The parameter template.language.policy is missing.'];
}

const hasPolicy = (template: unknown) =>
  !isObject(template) ||
  (isObject(template.language) && template.language.policy === 'deterministic');

/** The same message as the Cloud API takes it. */
export const toCloud = ({ preview_url, ...message }: Json): Json => ({
  messaging_product: 'whatsapp',
  ...message,
  ...(isObject(message.text) &&
    preview_url !== undefined && { text: { ...message.text, preview_url } }),
});
