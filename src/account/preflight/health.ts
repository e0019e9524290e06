import { isObject } from '../../core/values';
import { scrub } from '../../graph/scrub';
import { objectsIn } from '../change';
import { wrong } from './row';
import type { Finding } from './row';

/** What Meta holds against a number or an account that it blocks; undefined when it does not. */
export function blockedBy(
  health: unknown,
  sent?: unknown,
): Finding | undefined {
  if (!isObject(health) || health['can_send_message'] !== 'BLOCKED') {
    return undefined;
  }
  const [error = {}] = objectsIn(health['entities'])
    .filter(entity => entity['can_send_message'] === 'BLOCKED')
    .flatMap(entity => objectsIn(entity['errors']));
  const { error_description: reason, possible_solution: solution } = error;
  return wrong(
    `Meta lets it send nothing: ${typeof reason === 'string' ? scrub(reason, sent) : 'it does not say why.'}`,
    typeof solution === 'string'
      ? scrub(solution, sent)
      : 'Open Account Quality in Meta Business Suite.',
  );
}

/** What limits the sending without ending it, such as a payment to settle. */
export function limitsIn(health: unknown, sent?: unknown): string[] {
  if (!isObject(health)) return [];
  return objectsIn(health['entities'])
    .filter(entity => entity['can_send_message'] === 'LIMITED')
    .flatMap(({ additional_info: info }) =>
      Array.isArray(info) ? info.map(each => scrub(String(each), sent)) : [],
    );
}
