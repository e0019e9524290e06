import { factsOf } from '../../graph/request';
import type { Context, Result } from '../../core/operation';
import { isObject } from '../../core/values';
import { change } from '../change';
import { deliveryOf, readTextOptions } from '../options';
import { readDefinition } from './definition';
import { withSamples } from './sample';

/** Hands in a new template for review, its samples uploaded first. */
export async function creatingTemplate(
  context: Context,
  given: unknown,
  givenOptions: unknown,
): Promise<Result> {
  const { client } = context;
  const options = readTextOptions(context, givenOptions);
  const definition = readDefinition(given);
  const parts = [client.id('wabaId'), 'message_templates'];
  const body = await withSamples(client, definition, options);
  const answer = await change(
    client,
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
