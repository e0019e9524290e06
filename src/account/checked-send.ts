import { check } from '../schema/check';
import { checkMissing, sendMessage } from '../graph/send-request';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject } from '../core/values';
import { boolean } from '../schema/rules';
import { buildTemplate } from '../messages/plain/template/template';
import type { Template, TemplateOptions } from '../types';
import {
  arrangeOptions,
  arrangeValues,
  plainOptions,
  plainValues,
} from './templates/arrange';
import { chooseApproved } from './templates/choose';
import { mismatchesIn } from './templates/compare';
import { knownFamily } from './templates/known';
import { needsOf } from './templates/needs';
import type { Needs } from './templates/needs';
import { labelOf } from './templates/template';

/** Sends a template; with `check: true` only after it was compared with its definition. */
export async function sendingTemplate(
  context: Context,
  to: unknown,
  template: unknown,
  values: unknown,
  given: unknown,
): Promise<Result> {
  const { client } = context;
  if (!isChecked(given)) {
    const outgoing = buildTemplate(to, template, values, given);
    return sendMessage(context, outgoing);
  }
  client.id('phoneNumberId');
  // Whatever can be refused without asking is refused without asking.
  const built = buildTemplate(
    to,
    template,
    plainValues(values),
    plainOptions(given),
  );
  checkMissing(context, built.options);
  const { name, language } = contentOf(built);
  const family = await knownFamily(client, name, built.options);
  const definition = chooseApproved(family, language.code);
  const needs = needsOf(definition);
  const outgoing = buildTemplate(
    to,
    template,
    arrangeValues(values, needs),
    arrangeOptions(given, needs),
  );
  refuseMismatch(definition, needs, contentOf(outgoing).components);
  return sendMessage(context, outgoing);
}

function isChecked(options: unknown): options is TemplateOptions {
  if (!isObject(options)) return false;
  const given = options['check'] ?? false;
  check(boolean(), given, 'check', { code: 'INVALID_OPTIONS' });
  return given;
}

function refuseMismatch(
  { name, language }: Template,
  needs: Needs,
  components: unknown,
): void {
  const mismatches = mismatchesIn(components, needs);
  if (mismatches.length === 0) return;
  refuse(
    'TEMPLATE_MISMATCH',
    `${labelOf(name, language)} ${mismatches.join('. It ')}.`,
    'Give what it needs; getTemplate shows the whole template.',
  );
}

type Content = {
  name: string;
  language: { code: string };
  components?: unknown;
};

const contentOf = ({ body }: { body: Record<string, unknown> }) =>
  body['template'] as Content;
