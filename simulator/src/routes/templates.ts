import { Hono } from 'hono';
import { pageOf, pick } from '../account/paging';
import type { Template } from '../account/templates';
import type { Json } from '../checks/rules';
import {
  checkComponents,
  checkDefinition,
} from '../checks/template/definition';
import type { Env } from '../core/env';
import { metaError, refuse } from '../core/errors';
import { requireId, requireJson } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

const EXISTS = 2388024;
const LOCKED = 2388039;
const EDITABLE = ['APPROVED', 'REJECTED', 'PAUSED'];

const upper = (value: unknown) => String(value).toUpperCase();

/** One word, or a JSON list of them. */
const wordsOf = (text: string) =>
  text.startsWith('[') ? (JSON.parse(text) as string[]) : [text];

/** Meta finds a name by a part of it. */
const isAsked =
  (query: Record<string, string>) =>
  (template: Template): boolean =>
    template.name.includes(query.name ?? '') &&
    ['status', 'language', 'category'].every(
      field =>
        !query[field] ||
        wordsOf(query[field]).includes(String(template[field])),
    );

function create(state: State, wabaId: string, definition: Json) {
  checkDefinition(definition);
  const { name, language, category, parameter_format: format } = definition;
  const isThere = state.templates
    .of(wabaId)
    .some(each => each.name === name && each.language === language);
  if (isThere)
    throw metaError(100, 'Content in this language already exists.', {
      subcode: EXISTS,
    });
  const made = state.templates.add(wabaId, {
    ...definition,
    category: upper(category),
    ...(format !== undefined && { parameter_format: upper(format) }),
  });
  return { id: made.id, status: made.status, category: made.category };
}

function edit(state: State, template: Template, changes: Json) {
  if (!EDITABLE.includes(template.status))
    throw metaError(100, 'The template cannot be edited in this status.', {
      subcode: LOCKED,
    });
  if (changes.components !== undefined)
    checkComponents(
      changes.components,
      upper(template.category) === 'AUTHENTICATION',
    );
  state.templates.edit(template.id, changes);
  return { success: true };
}

function remove(state: State, wabaId: string, query: Record<string, string>) {
  const { name, hsm_id: id } = query;
  if (!name) refuse(100, 'The parameter name is required.');
  const count = state.templates.remove(
    wabaId,
    each => each.name === name && (id === undefined || each.id === id),
  );
  if (count === 0)
    throw metaError(100, 'The template does not exist.', { status: 404 });
  return { success: true };
}

/** The templates of an account. */
export const templates = (state: State) =>
  new Hono<Env>()
    .use('/:id/message_templates', withToken)
    .get('/:id/message_templates', c => {
      const { fields, ...query } = c.req.query();
      const found = state.templates.of(requireId(c)).filter(isAsked(query));
      const page = pageOf(c, found);
      return c.json({
        ...page,
        data: page.data.map(each => pick(each, fields)),
      });
    })
    .post('/:id/message_templates', async c =>
      c.json(create(state, requireId(c), await requireJson(c))),
    )
    .delete('/:id/message_templates', c =>
      c.json(remove(state, requireId(c), c.req.query())),
    )
    .get('/:id', withToken, (c, next) => {
      const template = state.templates.withId(c.req.param('id'));
      if (!template) return next();
      return Promise.resolve(c.json(pick(template, c.req.query('fields'))));
    })
    .post('/:id', withToken, async (c, next) => {
      const template = state.templates.withId(c.req.param('id'));
      if (!template) return next();
      return c.json(edit(state, template, await requireJson(c)));
    });
