// Meta's limits, each written once: the check and the sentence about it read it here.

export const LIMITS = {
  text: 4096,
  caption: 1024,
  callbackData: 512,
  contacts: 257,
  latitude: 90,
  longitude: 180,
  /** Of every interactive message; a list may have a longer body. */
  interactive: { body: 1024, header: 60, footer: 60 },
  replyButtons: { count: 3, id: 256, title: 20 },
  voiceCall: { title: 20, minutes: 43200, payload: 512 },
  orderReference: 35,
  list: {
    body: 4096,
    button: 20,
    sections: 10,
    sectionTitle: 24,
    /** In all sections together. */
    rows: 10,
    rowId: 200,
    rowTitle: 24,
    rowDescription: 72,
  },
  urlButton: 20,
  flowButton: 30,
  carousel: { minCards: 2, cards: 10, body: 160, lineBreaks: 2 },
  /** Products in all sections together. */
  productList: { products: 30, sections: 10, sectionTitle: 24 },
  /** Texts with their values filled in; `url` is a whole address. */
  template: {
    name: 512,
    header: 60,
    /** Beside other components; a body alone may be longer. */
    body: 1024,
    bodyAlone: 32768,
    bodyWithOffer: 600,
    buttons: 10,
    url: 2000,
    coupon: 20,
    oneTimePassword: 15,
  },
} as const;
