import type { Check } from '../rules';
import { all, byField, list, object, optional } from '../rules';
import { integer, text, webLink, words } from '../values';
import { buttonComponent } from './buttons';
import {
  anyOf,
  BODY,
  BODY_ALONE,
  bodyParameter,
  checkLength,
  headerParameter,
  namedOrCounted,
  typed,
} from './parameters';

const component = (parameters: Check) =>
  object({ type: words(), parameters: optional(parameters) });

const header = component(list(headerParameter, 0, 1, 132000));
const body = (max: number) =>
  component(
    all(list(bodyParameter, 0, Infinity), namedOrCounted, (value, at) =>
      checkLength(value, max, at),
    ),
  );

/** A component with one parameter, whose type is the component's own name. */
const sole = (type: string, content: Check) =>
  component(list(anyOf({ [type]: typed(type, content) }), 1, 1, 132000));

const ofTemplate = (table: Record<string, Check>) =>
  byField('type', table, { anyCase: true });

const ofCard = { header, body: body(BODY), button: buttonComponent };

const card = object({
  card_index: integer(0, 9),
  components: list(ofTemplate(ofCard), 1, Infinity),
});

const carousel = object({ type: words(), cards: list(card, 1, 10, 132000) });

const target = object({ url: webLink, title: text() });

export const templateComponent = ofTemplate({
  ...ofCard,
  body: body(BODY_ALONE),
  carousel,
  limited_time_offer: sole(
    'limited_time_offer',
    object({ expiration_time_ms: integer(0) }),
  ),
  tap_target_configuration: sole(
    'tap_target_configuration',
    list(target, 1, Infinity),
  ),
});
