import { list, object, open, optional } from '../rules';
import { integer, text, words } from '../values';
import { body, interactiveWith, named } from './parts';

// Messages that ask for something or show a state: a place, an address, a call, a payment.

export const locationRequest = interactiveWith(named('send_location'));

export const addressMessage = interactiveWith(
  named(
    'address_message',
    object({
      country: text(),
      values: optional(open()),
      saved_addresses: optional(list(open(), 1, Infinity)),
      validation_errors: optional(open()),
    }),
  ),
);

export const voiceCall = interactiveWith(
  named(
    'voice_call',
    optional(
      object({
        display_text: optional(text()),
        ttl_minutes: optional(integer(1)),
        payload: optional(words()),
      }),
    ),
  ),
);

export const callPermission = interactiveWith(
  named('call_permission_request'),
  { header: undefined, body: optional(body()), footer: undefined },
);

export const contactRequest = interactiveWith(named('request_contact_info'));

export const orderDetails = interactiveWith(
  named(
    'review_and_pay',
    open({
      reference_id: text(),
      type: text(),
      currency: text(),
      total_amount: open({ value: integer(0), offset: integer(1) }),
      order: open(),
    }),
  ),
);

export const orderStatus = interactiveWith(
  named(
    'review_order',
    open({ reference_id: text(), order: open({ status: text() }) }),
  ),
);
