import {
  judgeNumber,
  judgeReach,
  readNumber,
} from '../account/preflight/number';
import type { Finding } from '../account/preflight/row';
import type { Configuration } from '../core/configuration';
import { refuse } from '../core/errors';

/** Refuses when the number cannot write to so many people today, before anybody is written to. */
export async function checkReach(
  configuration: Configuration,
  people: number,
): Promise<void> {
  const number = await readNumber(configuration, {});
  refuseUnless('NUMBER_NOT_READY', judgeNumber(number, configuration));
  refuseUnless('LIMIT_TOO_LOW', judgeReach(number, people));
}

function refuseUnless(code: string, { ok, detail, fix = '' }: Finding): void {
  if (!ok) refuse(code, detail, fix);
}
