import { WhatsAppError } from '../../core/errors';
import type { PreflightRow } from '../../types';

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
