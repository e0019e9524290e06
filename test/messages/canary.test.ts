import { inspect } from 'node:util';
import { expect } from 'chai';
import { listFields } from '../../src/schema/fields';
import { buildMessage } from '../../src/messages/message';
import { buildContacts } from '../../src/messages/plain/contacts';
import {
  buildButtons,
  buildFlow,
  buildList,
  buildUrlButton,
} from '../../src/messages/plain/interactive';
import { buildLocation } from '../../src/messages/plain/location';
import { buildMedia } from '../../src/messages/plain/media';
import { buildReaction } from '../../src/messages/plain/reaction';
import { buildReadReceipt } from '../../src/messages/read-receipt';
import { placesOf, put } from './places';
import { build, subjects } from './subjects';

// Errors end up in logs and in state: nothing of a message may be in them.

const CANARY = 'Amina 0712345678';
const NUMBER = 254712345678;

/** The canary in every shape that a wrong value can have. */
const shapes: unknown[] = [
  CANARY,
  ` ${CANARY}`,
  CANARY.repeat(400),
  `http://${CANARY}`,
  NUMBER,
  NUMBER + 0.5,
  BigInt(NUMBER),
  [CANARY],
  [[CANARY, CANARY]],
  { [CANARY]: CANARY },
  { type: CANARY, [CANARY]: CANARY },
  { type: CANARY, id: CANARY, title: CANARY, [CANARY]: 1 },
  Array(300).fill(CANARY),
];

/** Runs what may fail, and looks at the whole of the error. */
function expectSilence(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    const told = inspect(error, { depth: 9, showHidden: true });
    expect(told).not.to.match(/Amina|712345678/);
  }
}

describe('an error over a message', () => {
  for (const subject of subjects) {
    it(`quotes nothing of it: ${subject.name}`, () => {
      for (const example of subject.examples) {
        const places = listFields(subject.schema).flatMap(field =>
          placesOf(example, field),
        );
        for (const place of [[], ...places]) {
          for (const shape of shapes) {
            expectSilence(() => build(subject, put(example, place, shape)));
          }
        }
      }
    });
  }

  it('quotes nothing of plain arguments', () => {
    const to = '+254700000001';

    for (const shape of shapes) {
      for (const run of [
        () => buildMessage(shape, 'Hello'),
        () => buildMessage(to, shape),
        () => buildMessage(to, 'Hello', { callbackData: shape }),
        () => buildMessage(to, 'Hello', { replyTo: shape, retry: shape }),
        () => buildMessage(to, 'Hello', { timeout: shape }),
        () => buildButtons(to, shape, shape),
        () => buildButtons(to, 'Hello', [shape, 'Yes'], { header: shape }),
        () => buildButtons(to, 'Hello', ['Yes'], { footer: shape }),
        () => buildList(to, 'Hello', shape),
        () => buildList(to, 'Hello', [{ title: shape, rows: [shape] }]),
        () => buildUrlButton(to, 'Hello', shape),
        () => buildFlow(to, 'Hello', { flow_id: shape, flow_cta: shape }),
        () => buildLocation(to, { latitude: shape, longitude: shape }),
        () => buildContacts(to, shape),
        () => buildContacts(to, { firstName: shape, birthday: shape }),
        () => buildReaction(to, 'wamid.1', shape),
        () => buildMedia(to, shape, shape),
        () => buildMedia(to, 'image', shape, { caption: shape }),
        () => buildReadReceipt(shape, { typing: shape }),
      ]) {
        expectSilence(run);
      }
    }
  });
});
