import { refuse } from '../../core/errors';
import { readOptions } from '../../core/options';
import { isObject, nameOf, withoutNulls } from '../../core/values';
import type { Names } from '../../schema/check';
import type { InteractiveOptions } from '../../types';
import { buildPlainMessage, sendOptions } from '../envelope';
import type { OutgoingMessage } from '../envelope';
import { isBlank } from './fields';

/** Options of every plain interactive message. */
export const interactiveOptions = [...sendOptions, 'header', 'footer'];

/** An interactive message of a plain body, header and footer, and an action. */
export function buildInteractive(
  to: unknown,
  type: string,
  body: unknown,
  action: object,
  options: InteractiveOptions,
  names: Names = {},
): OutgoingMessage {
  const header = readHeader(options.header);
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
  return buildPlainMessage(to, 'interactive', content, options, {
    ...partNames,
    ...names,
  });
}

/** Meta's header object of a text; or that object itself, as given. */
function readHeader(header: unknown): object | undefined {
  if (isBlank(header)) return undefined;
  if (typeof header === 'string') return { type: 'text', text: header };
  if (isObject(header)) return header;
  return refuse(
    'INVALID_MESSAGE',
    `header is ${nameOf(header)}; it must be text or an object.`,
    "Give a text, or Meta's header object, such as { type: 'image', image: { id: '…' } }.",
  );
}

/** A message with a button that opens an address. */
export function buildUrlButton(
  to: unknown,
  body: unknown,
  button: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { name: 'cta_url', parameters: button };
  const names = { 'action.parameters': 'button' };
  return buildInteractive(to, 'cta_url', body, action, options, names);
}

const FLOW_VERSION = '3';

/** A message with a button that opens a flow; `flow` has Meta's parameters. */
export function buildFlow(
  to: unknown,
  body: unknown,
  flow: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const parameters = isObject(flow)
    ? { flow_message_version: FLOW_VERSION, ...withoutNulls(flow) }
    : flow;
  const action = { name: 'flow', parameters };
  const names = { 'action.parameters': 'flow' };
  return buildInteractive(to, 'flow', body, action, options, names);
}

/** A message with a button to send back where one is. */
export function buildLocationRequest(
  to: unknown,
  body: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { name: 'send_location' };
  return buildInteractive(
    to,
    'location_request_message',
    body,
    action,
    options,
  );
}
