import type { InteractiveOptions } from '../../types';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { interactive, interactiveOptions } from './interactive';

/** A message with a button to send back where one is. */
export function buildLocationRequest(
  to: unknown,
  body: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { name: 'send_location' };
  return interactive(to, 'location_request_message', body, action, options);
}
