// Who takes part. The first is what the sends of the others are compared with.

export const contestants = [
  { name: 'undici', label: 'raw undici Pool', module: 'undici' },
  { name: 'adaptor', label: '**this adaptor**', module: '../dist/index.js' },
  {
    name: 'language-common',
    label: "language-common's `request`",
    module: '@openfn/language-common',
  },
  { name: 'way-of-1.1.2', label: 'the way of 1.1.2' },
  {
    name: 'whatsapp-api-js',
    label: 'whatsapp-api-js',
    module: 'whatsapp-api-js',
  },
  {
    name: 'kapso',
    label: '@kapso/whatsapp-cloud-api',
    module: '@kapso/whatsapp-cloud-api',
  },
];

/** Those that hand a state on: how long a list of old states gets is their business. */
export const chained = ['adaptor', 'language-common'];

/** What the cold import is compared with. */
export const importReference = 'language-common';
