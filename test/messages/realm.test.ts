import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { buildButtons, buildList } from '../../src/messages/plain/interactive';
import { buildContacts } from '../../src/messages/plain/contacts';
import { buildMedia } from '../../src/messages/plain/media';
import { throws } from '../rejects';
import { build, subjects } from './subjects';

// A job runs in a realm of its own: its objects and lists are not of ours.
const foreign = (value: unknown): unknown =>
  runInNewContext(`(${JSON.stringify(value)})`);

const to = '+254700000001';

describe('values from the realm of a job', () => {
  it('are of another realm in these tests', () => {
    expect(foreign({})).not.to.be.instanceOf(Object);
    expect(foreign([])).not.to.be.instanceOf(Array);
  });

  for (const subject of subjects) {
    it(`make a message: ${subject.name}`, () => {
      for (const example of subject.examples) {
        const { body } = build(subject, foreign(example));

        expect(JSON.stringify(body[subject.type])).to.equal(
          JSON.stringify(example),
        );
      }
    });
  }

  it('make plain messages', () => {
    const options = foreign({ header: { type: 'text', text: 'A' } });

    buildButtons(to, 'A', foreign(['Yes', { title: 'No' }]), options);
    buildList(to, 'A', foreign([{ title: 'A', rows: ['A'] }]), options);
    buildContacts(to, foreign([{ firstName: 'Amina' }]));
    buildMedia(to, 'image', foreign({ id: '1' }), foreign({ caption: 'A' }));
  });

  it('are refused like ours', () => {
    throws(() => buildButtons(to, 'A', foreign({})), {
      description: 'buttons is an object; it must be a list.',
    });
    throws(() => buildContacts(to, foreign([['Amina']])), {
      description: 'contacts[0] is a list; it must be an object.',
    });
  });
});
