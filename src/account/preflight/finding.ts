import { WhatsAppError } from '../../core/errors';
import { isObject, objectsIn } from '../../core/values';
import { scrub } from '../../graph/scrub';
import type { PreflightRow } from '../../types';

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

/** What a check found: whether it is well, in words, and what to do. */
export type Finding = Omit<PreflightRow, 'check'>;

export const fine = (detail: string): Finding => ({ ok: true, detail });

export const wrong = (detail: string, fix: string): Finding => ({
  ok: false,
  detail,
  fix,
});

/** Runs a check. What it cannot find out is a finding too, and no failure of the run. */
export async function rowOf(
  check: string,
  find: () => Promise<Finding>,
): Promise<PreflightRow> {
  try {
    return { check, ...(await find()) };
  } catch (error) {
    if (!(error instanceof WhatsAppError)) throw error;
    return { check, ...wrong(error.description, error.fix) };
  }
}
