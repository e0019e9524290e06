import { byTypeOrNew } from '../by-type';
import { distinct } from '../constraints';
import { LIMITS } from '../limits';
import { wholeNumber } from '../numbers';
import { anyList, list, object, oneOf, ruled } from '../rules';
import { buttonComponent } from './button-component';
import { bodyComponent, headerComponent } from './parts';

const { cards: most, body } = LIMITS.carousel;

const card = object({
  card_index: wholeNumber(0, most - 1),
  components: anyList(
    byTypeOrNew({
      header: headerComponent,
      body: bodyComponent(body),
      button: buttonComponent,
    }),
  ),
});

type Card = { card_index: number };

/** What fills the cards of a template. */
export const cards = ruled(
  list(card, 1, most),
  distinct('card_index', (card: Card) => card.card_index),
);

export const carouselComponent = object({ type: oneOf('carousel'), cards });
