import type { InteractiveOptions } from '../../types';
import { isObject, withoutNulls } from '../../core/values';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { interactive, interactiveOptions } from './interactive';

const VERSION = '3';

/** A message with a button that opens a flow; `flow` has Meta's parameters. */
export function buildFlow(
  to: unknown,
  body: unknown,
  flow: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const parameters = isObject(flow)
    ? { flow_message_version: VERSION, ...withoutNulls(flow) }
    : flow;
  const action = { name: 'flow', parameters };
  const names = { 'action.parameters': 'flow' };
  return interactive(to, 'flow', body, action, options, names);
}
