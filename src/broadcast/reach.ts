import {
  judgeNumber,
  judgeReach,
  readNumber,
} from '../account/preflight/number';
import type { Finding } from '../account/preflight/row';
import type { Client } from '../core/client';
import { refuse } from '../core/errors';

/** Refuses when the number cannot write to so many people today, before anybody is written to. */
export async function checkReach(
  client: Client,
  people: number,
): Promise<void> {
  const number = await readNumber(client, {});
  refuseUnless('NUMBER_NOT_READY', judgeNumber(number, client.secrets));
  refuseUnless('LIMIT_TOO_LOW', judgeReach(number, people));
}

function refuseUnless(code: string, { ok, detail, fix = '' }: Finding): void {
  if (!ok) refuse(code, detail, fix);
}
