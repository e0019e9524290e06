import type { InteractiveOptions } from '../../types';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { interactive, interactiveOptions } from './interactive';

/** A message with a button that opens an address. */
export function buildUrlButton(
  to: unknown,
  body: unknown,
  button: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { name: 'cta_url', parameters: button };
  const names = { 'action.parameters': 'button' };
  return interactive(to, 'cta_url', body, action, options, names);
}
