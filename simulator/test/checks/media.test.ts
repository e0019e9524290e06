import type { Json } from '../call';
import type { Row } from '../refusals';
import { refuses } from '../refusals';

const long = (length: number) => 'é'.repeat(length);
const kind = (type: string, content: unknown): Json => ({
  type,
  [type]: content,
});

const media: Row[] = ['image', 'video', 'audio', 'document', 'sticker'].flatMap(
  (type): Row[] => [
    [`${type} without a source`, kind(type, {}), 131008, 'needs one'],
    [
      `${type} with two sources`,
      kind(type, { id: '1', link: 'https://clinic.example/f' }),
      131009,
      'only one',
    ],
    [
      `${type} at a link that is no address of the web`,
      kind(type, { link: 'ftp://clinic.example/f' }),
      131009,
      'URL',
    ],
    [`${type} with a bad ID`, kind(type, { id: 'file.png' }), 131009, 'ID'],
    [`${type} with more`, kind(type, { id: '1', size: 3 }), 100, '"size"'],
  ],
);

const captions: Row[] = ['image', 'video', 'document'].map(type => [
  `${type} with a long caption`,
  kind(type, { id: '1', caption: long(1025) }),
  131009,
  '1024',
]);

describe('a message is refused for its media:', () => {
  refuses([
    ...media,
    ...captions,
    ['audio, caption', kind('audio', { id: '1', caption: 'x' }), 100, 'capt'],
    ['sticker, caption', kind('sticker', { id: '1', caption: '' }), 100, 'cap'],
    ['voice of images', kind('image', { id: '1', voice: true }), 100, 'voice'],
    [
      'a voice that is no yes or no',
      kind('audio', { id: '1', voice: 'yes' }),
      131009,
      "audio['voice']",
    ],
  ]);
});
