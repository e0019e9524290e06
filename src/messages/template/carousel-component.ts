import { openVariant } from '../../schema/variants';
import { unique } from '../../schema/constraints';
import { LIMITS } from '../limits';
import { wholeNumber } from '../../schema/numbers';
import { anyList, list, object, oneOf, withRules } from '../../schema/rules';
import { buttonComponent } from './button-component';
import { bodyComponent, headerComponent } from './parts';

const { cards: most, body } = LIMITS.carousel;

const card = object({
  card_index: wholeNumber(0, most - 1),
  components: anyList(
    openVariant({
      header: headerComponent,
      body: bodyComponent(body),
      button: buttonComponent,
    }),
  ),
});

type Card = { card_index: number };

/** What fills the cards of a template. */
export const cards = withRules(
  list(card, 1, most),
  unique('card_index', (card: Card) => card.card_index),
);

export const carouselComponent = object({ type: oneOf('carousel'), cards });
