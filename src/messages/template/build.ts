import type { TemplateOptions } from '../../types';
import { envelope } from '../envelope';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { sendOptions } from '../options';
import { contentOf } from './content';

const known = [
  'language',
  'header',
  'buttons',
  'carousel',
  'limitedTimeOffer',
  'components',
  ...sendOptions,
  'check',
] as const satisfies (keyof TemplateOptions)[];

/**
 * A message with a template. `values` fills the body: a list in the order of
 * its variables, or an object with their names.
 */
export function buildTemplate(
  to: unknown,
  template: unknown,
  values: unknown,
  given: unknown,
): Outgoing<TemplateOptions> {
  const options = readOptions<TemplateOptions>(given, known);
  const content = contentOf(template, values, options);
  return envelope(to, 'template', content, options);
}
