import type { Context, Result } from '../../core/operation';
import { change, succeeded } from '../change';
import { deliveryOf, readId, readTextOptions } from '../options';
import { readChanges } from './definition';
import { withSamples } from './sample';

/** Changes a template; its components are replaced as a whole. */
export async function updatingTemplate(
  context: Context,
  given: unknown,
  changes: unknown,
  givenOptions: unknown,
): Promise<Result> {
  const { client } = context;
  const options = readTextOptions(context, givenOptions);
  const id = readId(
    given,
    'The ID of the template',
    'Take the id that getTemplate or createTemplate left; a name is not enough, as each language has its own.',
  );
  const definition = readChanges(changes);
  const body = await withSamples(client, definition, options);
  const answer = await change(
    client,
    { method: 'POST', parts: [id], body, ...deliveryOf(options) },
    'look with getTemplate whether the template was changed.',
  );
  return succeeded(answer, { id });
}
