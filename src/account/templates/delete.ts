import * as v from 'valibot';
import type { Context, Result } from '../../core/operation';
import { templateName } from '../../messages/kinds/template';
import { checkTemplate } from '../../messages/plain/template/fields';
import type { DeleteTemplateOptions } from '../../types';
import { change, succeeded } from '../change';
import {
  deliveryOf,
  readAccountOptions,
  readId,
  refuseEmpty,
} from '../options';

/** Deletes a template: in all its languages, or in the one that has the ID. */
export async function deletingTemplate(
  { client }: Context,
  name: unknown,
  given: unknown,
): Promise<Result> {
  refuseEmpty(given, 'id');
  const { id: language, ...options } =
    readAccountOptions<DeleteTemplateOptions>(given, { id: v.unknown() });
  checkTemplate(templateName, name, 'template');
  const id =
    language === undefined
      ? undefined
      : readId(language, 'The option id', 'Take the id that getTemplate left.');
  const answer = await change(
    client,
    {
      method: 'DELETE',
      parts: [client.id('wabaId'), 'message_templates'],
      query: { name, hsm_id: id },
      ...deliveryOf(options),
    },
    'look with listTemplates whether it is gone.',
  );
  return succeeded(answer, { name, ...(id !== undefined && { id }) });
}
