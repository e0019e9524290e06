import { expect } from 'chai';
import { PRIVATE, componentsOf, refusesOptions } from './plain';

const headerOf = (header: unknown) => componentsOf(null, { header });

const holding = (parameter: object) => [
  { type: 'header', parameters: [parameter] },
];

describe('the header of a template', () => {
  it('may be a text or a number', () => {
    expect(headerOf(' Visit\nof Amina ')).to.deep.equal(
      holding({ type: 'text', text: 'Visit of Amina' }),
    );
    expect(headerOf(7)).to.deep.equal(holding({ type: 'text', text: '7' }));
  });

  it('may be a named text', () => {
    const named = { type: 'text', parameter_name: 'name', text: 'Amina' };

    expect(headerOf({ parameter_name: 'name', text: 'Amina' })).to.deep.equal(
      holding(named),
    );
    expect(headerOf(named)).to.deep.equal(holding(named));
  });

  for (const [type, content] of Object.entries({
    image: { id: '1037543291543636' },
    video: { link: 'https://clinic.example/birth.mp4' },
    document: { id: '1376223850470843', filename: 'referral.pdf' },
    location: { latitude: -1.2921, longitude: '36.8219', name: 'Clinic' },
    product: { product_retailer_id: 'net-1', catalog_id: '194836987003835' },
  })) {
    it(`may be a ${type}`, () => {
      const parameter = { type, [type]: content };

      expect(headerOf({ [type]: content })).to.deep.equal(holding(parameter));
      expect(headerOf(parameter)).to.deep.equal(holding(parameter));
    });
  }

  it('may be of a type that Meta has added since', () => {
    const gif = { type: 'gif', gif: 'anything' };

    expect(headerOf(gif)).to.deep.equal(holding(gif));
  });

  it('is left out when there is none', () => {
    expect(headerOf(null)).to.equal(undefined);
    expect(headerOf(undefined)).to.equal(undefined);
  });
});

describe('the header of a template is refused when', () => {
  const refuses = (header: unknown, description: string, fix?: RegExp) =>
    refusesOptions({ header }, description, fix);

  it('its text is empty or too long', () => {
    refuses(' \n', 'header is empty, which WhatsApp refuses.');
    refuses({ text: '' }, 'header.text is empty, which WhatsApp refuses.');
    refuses(
      PRIVATE + 'x'.repeat(60),
      'header has 66 characters; at most 60 are allowed.',
      /Shorten/,
    );
    refuses(
      { text: 'x'.repeat(61) },
      'header.text has 61 characters; at most 60 are allowed.',
    );
  });

  it('it is no text and no object', () => {
    refuses(true, 'header is true or false, not text.');
    refuses(
      [PRIVATE],
      'header is a list; it must be text or a number.',
      /Give header as text/,
    );
    refuses({}, 'header is an empty object.', /Date/);
  });

  it('it names nothing that a header can hold', () => {
    refuses(
      { picture: { id: PRIVATE } },
      'header has none of text, image, video, document, location, product.',
    );
  });

  it('it holds two things', () => {
    refuses(
      { image: { id: PRIVATE }, text: 'x' },
      'header has both text and image.',
      /Keep the one/,
    );
  });

  it('it has a field that stands a level too high', () => {
    refuses(
      { document: { id: PRIVATE }, filename: 'a.pdf' },
      "header has a field 'filename' that is not known there.",
      /its place/,
    );
  });

  it('its media has no source, or two', () => {
    for (const image of [{}, { id: '1', link: 'https://clinic.example/a' }]) {
      refuses({ image }, 'header.image needs exactly one of id and link.');
    }
  });

  it('its media is missing, or mere text', () => {
    refuses({ image: undefined }, 'header.image is missing.', /field of state/);
    refuses(
      { image: `https://clinic.example/${PRIVATE}` },
      'header.image is text; it must be an object.',
      /image: \{ link: 'https:\/\/…' \}/,
    );
  });

  it('the link of its media is no address', () => {
    refuses(
      { video: { link: `clinic.example/${PRIVATE}` } },
      'header.video.link is not an address of the web.',
      /begins with https/,
    );
  });

  it('a picture has the name of a file', () => {
    for (const type of ['image', 'video']) {
      refuses(
        { [type]: { id: '1', filename: PRIVATE } },
        `header.${type} has a filename, which is not allowed here.`,
      );
    }
  });

  it('its place or its product is not whole', () => {
    refuses(
      { location: { latitude: 91, longitude: 0 } },
      'header.location.latitude is not a number between -90 and 90.',
    );
    refuses(
      { product: { product_retailer_id: PRIVATE } },
      'header.product.catalog_id is missing.',
    );
  });
});
