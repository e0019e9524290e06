import * as v from 'valibot';
import { fine, rowOf } from './finding';
import { judgeNumber, judgeReach, readNumber } from './number';
import { findAccount, findGateway, findToken, findWebhook } from './checks';
import { chooseApproved } from '../templates/get-template';
import { findFamily, labelOf } from '../templates/list-templates';
import type { Client } from '../../core/client';
import { refuse } from '../../core/errors';
import type { Context, Result } from '../../core/operation';
import { boolean, wholeNumber } from '../../schema/rules';
import { readNameAndLanguage } from '../../messages/plain/template/template';
import type { PreflightOptions, PreflightRow } from '../../types';
import { readAccountOptions } from '../options';

const schemas = {
  templates: v.unknown(),
  recipients: wholeNumber(0),
  required: boolean(),
};

/** Looks at everything that a run needs, before it. A check that fails is a row, not an error. */
export async function checkReadiness(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<PreflightOptions>(given, schemas);
  const templates = templatesOf(options);
  const rows = await Promise.all(checksOf(client, templates, options));
  if (options.required) refuseUnready(rows);
  return { data: rows };
}

function checksOf(
  client: Client,
  templates: readonly Identity[],
  options: PreflightOptions,
): Promise<PreflightRow>[] {
  const { recipients } = options;
  // Asked once, for two checks; rowOf takes what it throws.
  const number = readNumber(client, options);
  return [
    rowOf('token', () => findToken(client, options)),
    rowOf('number', async () => judgeNumber(await number, client.secrets)),
    ...(recipients === undefined
      ? []
      : [rowOf('reach', async () => judgeReach(await number, recipients))]),
    rowOf('account', () => findAccount(client, options)),
    ...templates.map(each => templateRow(client, each, options)),
    rowOf('webhook', () => findWebhook(client, options)),
    ...(!client.hasGateway
      ? []
      : [rowOf('gateway', () => findGateway(client, options))]),
  ];
}

type Identity = { name: string; language: { code: string } };

function templatesOf({ templates }: PreflightOptions): Identity[] {
  if (templates === undefined) return [];
  const list: unknown[] = Array.isArray(templates) ? templates : [templates];
  return list.map(template => readNameAndLanguage(template, undefined));
}

function templateRow(
  client: Client,
  { name, language: { code } }: Identity,
  options: PreflightOptions,
): Promise<PreflightRow> {
  return rowOf(`template ${labelOf(name, code)}`, async () => {
    const family = await findFamily(client, name, options);
    const { category } = chooseApproved(family, code);
    return fine(`${labelOf(name, code)} is APPROVED (${category}).`);
  });
}

function refuseUnready(rows: PreflightRow[]): void {
  const failed = rows.filter(({ ok }) => !ok);
  if (failed.length === 0) return;
  refuse(
    'PREFLIGHT_FAILED',
    `${failed.length} of ${rows.length} checks failed. ${failed.map(({ check, detail }) => `${check}: ${detail}`).join(' ')}`,
    failed.map(({ fix }) => fix).join(' '),
  );
}
