import { expect } from 'chai';
import fc from 'fast-check';
import { WhatsAppError } from '../../../../src/core/errors';
import { flatten, oneLine } from '../../../../src/messages/kinds/fields';
import { componentsOf, textsOf } from '../../plain/template/plain';
import { propertyRuns } from '../../../stress';

const spaces = [
  ' ',
  '\n',
  '\r',
  '\t',
  '\v',
  '\f',
  '\u0085',
  '\u00a0',
  '\u2028',
];

/** Text as people and spreadsheets write it, with more spaces than usual. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...spaces),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 1500,
});

/** The result, or undefined when it was refused. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    expect(error).to.be.instanceOf(WhatsAppError);
    expect(error).to.have.property('code', 'INVALID_TEMPLATE');
    return undefined;
  }
}

function isFine(text: string) {
  expect(text).not.to.match(/[\n\r\t\v\f\u0085\u2028\u2029]/);
  expect(text).not.to.include('     ');
  expect(text.trim()).to.equal(text).and.not.equal('');
  expect(oneLine.isValid(text as never)).to.equal(true);
}

describe('text that fills a template', () => {
  it('is on one line and not empty, in values', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), values => {
        attempt(() => textsOf(values))?.forEach(isFine);
      }),
      propertyRuns(),
    );
  });

  it('is on one line and not empty, in headers, buttons and cards', () => {
    fc.assert(
      fc.property(anyText, text => {
        const sent = attempt(() =>
          componentsOf(
            { name: text },
            {
              header: text,
              buttons: [{ url: text }],
              carousel: [{ body: [text] }],
            },
          ),
        );
        JSON.stringify(sent, (key, value: unknown) => {
          if (key === 'text') isFine(value as string);
          return value;
        });
      }),
      propertyRuns(),
    );
  });

  it('keeps every word', () => {
    fc.assert(
      fc.property(anyText, text => {
        const words = (from: string) =>
          from.split(/[\s\u0085]+/).filter(Boolean);

        expect(words(flatten(text))).to.deep.equal(words(text));
        expect(flatten(flatten(text))).to.equal(flatten(text));
      }),
      propertyRuns(),
    );
  });

  it('is refused only when nothing is left of it, or too much', () => {
    fc.assert(
      fc.property(anyText, text => {
        const isRefused = attempt(() => textsOf([text])) === undefined;
        const length = [...flatten(text)].length;

        expect(isRefused).to.equal(length === 0 || length > 1024);
      }),
      propertyRuns(),
    );
  });
});
