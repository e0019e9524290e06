import { needId } from '../../core/configuration';
import type { Context, Result } from '../../core/operation';
import { isObject } from '../../core/values';
import { factsOf } from '../../graph/send';
import type { AccountOptions } from '../../types';
import { change } from '../change';
import { deliveryOf, readAccountOptions } from '../options';
import { readDefinition } from './definition';
import { withSamples } from './sample';

/** Hands in a new template for review, its samples uploaded first. */
export async function creatingTemplate(
  { configuration }: Context,
  given: unknown,
  givenOptions: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(givenOptions);
  const definition = readDefinition(given);
  const parts = [needId(configuration, 'wabaId'), 'message_templates'];
  const body = await withSamples(configuration, definition, options);
  const answer = await change(
    configuration,
    { method: 'POST', parts, body, ...deliveryOf(options) },
    'look with getTemplate whether the template exists.',
  );
  const { name, language, category } = definition;
  return {
    data: {
      name,
      language,
      category,
      ...(isObject(answer.body) && answer.body),
    },
    response: factsOf(answer),
  };
}
