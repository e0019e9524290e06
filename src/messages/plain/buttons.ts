import type { InteractiveOptions } from '../../types';
import type { Outgoing } from '../envelope';
import type { Names } from '../../schema/check';
import { readOptions } from '../../core/options';
import { readChoice } from './choice';
import { readList } from './fields';
import { interactive, interactiveOptions } from './interactive';

const NAMES: Names = {
  'action.buttons[].reply': 'buttons[]',
  'action.buttons': 'buttons',
};

/** A message with buttons to reply with: titles, or `{ id, title }`. */
export function buildButtons(
  to: unknown,
  body: unknown,
  buttons: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { buttons: readList(buttons, 'buttons').map(readButton) };
  return interactive(to, 'button', body, action, options, NAMES);
}

const readButton = (button: unknown, index: number) => ({
  type: 'reply',
  reply: readChoice(button, `buttons[${index}]`),
});
