import { Hono } from 'hono';
import type { Context } from 'hono';
import { pageOf, pick } from '../account/paging';
import type { NumberState } from '../account/numbers';
import { deregister, register, verify } from '../account/numbers';
import type { Check } from '../checks/rules';
import { object, open, optional } from '../checks/rules';
import { integer, matching, oneOf, text } from '../checks/values';
import type { Env } from '../core/env';
import { requireId, requireJson, requireWhatsApp } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

const OWN = /display_phone_number|verified_name|quality_rating/;

const sixDigits = matching(/^\d{6}$/, 'six digits');

const codeRequest = object({
  code_method: oneOf('SMS', 'VOICE'),
  language: text(),
});
const registration = object({
  messaging_product: oneOf('whatsapp'),
  pin: sixDigits,
  data_localization_region: optional(matching(/^[A-Z]{2}$/, 'a country')),
  meta_store_retention_minutes: optional(integer(60, 60)),
});
const settings = open({
  pin: optional(sixDigits),
  webhook_configuration: optional(open()),
});

async function checked(c: Context<Env>, check: Check) {
  const body = await requireJson(c);
  check(body, '');
  return body;
}

/** The steps of a new number. */
const steps = (numberOf: (c: Context<Env>) => NumberState) =>
  new Hono<Env>()
    .post('/:id/request_code', withToken, async c => {
      const number = numberOf(c);
      await checked(c, codeRequest);
      number.code = String(100_000 + (Date.now() % 900_000));
      return c.json({ success: true });
    })
    .post('/:id/verify_code', withToken, async c => {
      const { code } = await checked(c, object({ code: sixDigits }));
      verify(numberOf(c), String(code));
      return c.json({ success: true });
    })
    .post('/:id/register', withToken, async c => {
      const body = requireWhatsApp(await checked(c, registration));
      register(numberOf(c), String(body.pin));
      return c.json({ success: true });
    })
    .post('/:id/deregister', withToken, c => {
      deregister(numberOf(c));
      return c.json({ success: true });
    });

/** The numbers of an account, and the ladder that a new one climbs. */
export const numbers = (state: State) => {
  const numberOf = (c: Context<Env>) => state.numbers.of(requireId(c));
  return new Hono<Env>()
    .get('/:id/phone_numbers', withToken, c => {
      requireId(c);
      const page = pageOf(c, state.numbers.all());
      const { fields } = c.req.query();
      const data = page.data.map(({ shown }) => pick(shown, fields));
      return c.json({ ...page, data });
    })
    .get('/:id', withToken, (c, next) => {
      const { fields = '' } = c.req.query();
      const { id } = c.req.param();
      if (!state.numbers.has(id) && !OWN.test(fields)) return next();
      return Promise.resolve(
        c.json(pick(numberOf(c).shown, fields || undefined)),
      );
    })
    .post('/:id', withToken, async (c, next) => {
      if (!state.numbers.has(c.req.param('id'))) return next();
      const { pin, ...changes } = await checked(c, settings);
      const number = numberOf(c);
      if (pin !== undefined) number.pin = String(pin);
      Object.assign(number.shown, changes);
      return c.json({ success: true });
    })
    .route('/', steps(numberOf));
};
