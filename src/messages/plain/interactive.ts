import type { InteractiveOptions } from '../../types';
import { refuse } from '../../core/errors';
import { isObject, nameOf } from '../../core/values';
import type { Outgoing } from '../envelope';
import type { Names } from '../../schema/check';
import { sendOptions } from '../options';
import { isBlank } from './fields';
import { outgoing } from './outgoing';

/** Options of every plain interactive message. */
export const interactiveOptions = [...sendOptions, 'header', 'footer'];

/** An interactive message of a plain body, header and footer, and an action. */
export function interactive(
  to: unknown,
  type: string,
  body: unknown,
  action: object,
  options: InteractiveOptions,
  names: Names = {},
): Outgoing {
  const header = headerOf(options.header);
  const { footer } = options;
  const content = {
    type,
    ...(header && { header }),
    body: { text: body },
    ...(!isBlank(footer) && { footer: { text: footer } }),
    action,
  };
  const partNames: Names = {
    [typeof options.header === 'string' ? 'header.text' : 'header']: 'header',
    'body.text': 'body',
    'footer.text': 'footer',
  };
  return outgoing(to, 'interactive', content, options, {
    ...partNames,
    ...names,
  });
}

/** Meta's header object of a text; or that object itself, as given. */
function headerOf(header: unknown): object | undefined {
  if (isBlank(header)) return undefined;
  if (typeof header === 'string') return { type: 'text', text: header };
  if (isObject(header)) return header;
  return refuse(
    'INVALID_MESSAGE',
    `header is ${nameOf(header)}; it must be text or an object.`,
    "Give a text, or Meta's header object, such as { type: 'image', image: { id: '…' } }.",
  );
}
