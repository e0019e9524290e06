import { expect } from 'chai';
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  updateTemplate,
} from '../../src/index';
import { rejects } from '../rejects';
import { onSimulator, WABA } from './on-simulator';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** The body of a template's definition. */
const body = (text: string, example?: object) => ({
  type: 'BODY',
  text,
  ...(example && { example }),
});

const definition = (name: string, more: object = {}) => ({
  name,
  language: 'en_US',
  category: 'UTILITY',
  components: [body('The clinic is open.')],
  ...more,
});

describe('templates', () => {
  const { simulator, run, received, bodies } = onSimulator({
    approvalDelay: 0,
  });

  describe('listTemplates', () => {
    it('leaves the templates on data, and tells that there are no more', async () => {
      const next = await run(listTemplates({ status: 'approved' }));

      expect(next.data)
        .to.be.an('array')
        .that.has.nested.property('[0].name', 'hello_world');
      expect(next.response).to.include({ hasNext: false, pages: 1 });
      expect(received()[0]).to.match(
        /^GET \/100000000000002\/message_templates\?fields=id%2Cname.*status=APPROVED&limit=100$/,
      );
    });

    it('follows cursors up to the limit, and says where to go on', async () => {
      for (let n = 0; n < 120; n++) {
        simulator().addTemplate(WABA, definition(`notice_${n}`));
      }

      const first = await run(listTemplates({ name: 'notice_', limit: 110 }));
      const { after } = first.response as { after: string };
      const rest = await run(listTemplates({ name: 'notice_', after }));

      expect(first.data).to.have.length(110);
      expect(first.response).to.include({ hasNext: true, pages: 2 });
      expect(rest.data).to.have.length(10);
      expect(rest.data).to.have.nested.property('[0].name', 'notice_110');
      expect(simulator().requests.map(({ query }) => query)[1]).to.contain(
        'limit=10&',
      );
    });

    it('refuses a limit that is none before the network', async () => {
      await rejects(run(listTemplates({ limit: 0 })), {
        code: 'INVALID_OPTIONS',
      });
      await rejects(run(listTemplates({ limits: 3 } as never)), {
        code: 'INVALID_OPTIONS',
      });

      expect(simulator().requests).to.have.length(0);
    });
  });

  describe('getTemplate', () => {
    it('finds a template by name and language', async () => {
      const next = await run(
        getTemplate('vaccination_day', { language: 'sw' }),
      );

      expect(next.data).to.include({ name: 'vaccination_day', language: 'sw' });
      expect(received()).to.have.length(1);
    });

    it('finds it behind hundreds whose names contain its name', async () => {
      for (let index = 0; index < 501; index++)
        simulator().addTemplate(WABA, definition(`notice_${index}`));
      simulator().addTemplate(WABA, definition('notice'));

      expect((await run(getTemplate('notice'))).data).to.include({
        name: 'notice',
      });
    });

    it('takes the only language there is', async () => {
      simulator().addTemplate(WABA, definition('notice', { language: 'fr' }));

      expect((await run(getTemplate('notice'))).data).to.include({
        language: 'fr',
      });
    });

    it('finds a template by its ID', async () => {
      const { id } = simulator().addTemplate(WABA, definition('notice'));

      const next = await run(getTemplate(id));

      expect(next.data).to.include({ id, name: 'notice' });
      expect(received()[0]).to.match(new RegExp(`^GET /${id}\\?fields=`));
    });

    it('says in which languages it exists instead', async () => {
      const error = await rejects(
        run(getTemplate('vaccination_day', { language: 'fr' })),
        { code: 'TEMPLATE_MISSING', sent: 'no' },
      );

      expect(error.description).to.equal(
        'vaccination_day does not exist in fr; it exists in en_US (APPROVED), sw (APPROVED).',
      );
    });

    it('says what exists instead', async () => {
      const error = await rejects(run(getTemplate('vacination')), {
        code: 'TEMPLATE_MISSING',
      });

      expect(error.description).to.equal(
        'There is no template vacination (en_US); approved are vaccination_day (en_US, sw), hello_world (en_US).',
      );
    });
  });

  describe('createTemplate', () => {
    it('hands in a template, and leaves its ID and status', async () => {
      const next = await run(createTemplate(definition('notice')));

      expect(next.data).to.include({
        name: 'notice',
        language: 'en_US',
        category: 'UTILITY',
      });
      expect(next.data).to.have.property('id').that.matches(/^\d+$/);
      expect(bodies()).to.deep.equal([definition('notice')]);
    });

    it('says to Meta that variables have names', async () => {
      await run(
        createTemplate(
          definition('notice', {
            components: [
              body('Dear {{name}}, come.', {
                body_text_named_params: [
                  { param_name: 'name', example: 'Amina' },
                ],
              }),
            ],
          }),
        ),
      );

      expect(bodies()[0]).to.include({ parameter_format: 'NAMED' });
    });

    it('is not repeated when nobody knows whether it was done', async () => {
      simulator().fault({ status: 500, body: '' });

      const error = await rejects(run(createTemplate(definition('notice'))), {
        code: 'SEND_UNCONFIRMED',
      });

      expect(error.fix).to.contain('getTemplate');
      expect(simulator().requests).to.have.length(1);
    });
  });

  describe('the sample of a media header', () => {
    const picture = { type: 'HEADER', format: 'IMAGE' };
    const withSample = (content: unknown) =>
      definition('notice', {
        components: [
          { ...picture, sample: { content, filename: 'way.png' } },
          body('The way to the clinic.'),
        ],
      });

    it('is uploaded first, and its handle filled in', async () => {
      await run(createTemplate(withSample(PNG)));

      expect(
        received().map(each => each.replace(/\?.*|:.*/, '')),
      ).to.deep.equal([
        'GET /debug_token',
        'POST /200000000000001/uploads',
        'POST /upload',
        `POST /${WABA}/message_templates`,
      ]);
      const { components } = bodies()[0] as { components: object[] };
      expect(components[0])
        .to.have.nested.property('example.header_handle[0]')
        .that.matches(/^4::/);
      expect(components[0]).not.to.have.property('sample');
      expect(components[1]).to.deep.equal(body('The way to the clinic.'));
    });

    it('may be base64, and may stand in a card', async () => {
      const card = {
        components: [
          { ...picture, sample: PNG.toString('base64') },
          body('Boil it.'),
        ],
      };

      await run(
        createTemplate(
          definition('notice', {
            components: [
              body('Clean water'),
              { type: 'CAROUSEL', cards: [card, card] },
            ],
          }),
        ),
      );

      const text = JSON.stringify(bodies()[0]);
      expect(text.match(/"header_handle":\["4::/g)).to.have.length(2);
      expect(text).not.to.contain('sample');
    });

    it('is uploaded only when all of the template is right', async () => {
      const pdf = Buffer.from('%PDF-1.7 and more');
      await rejects(run(createTemplate(withSample(pdf))), {
        code: 'MEDIA_UNSUPPORTED',
      });
      await rejects(
        run(createTemplate({ ...withSample(PNG), name: 'No Name' })),
        { code: 'INVALID_TEMPLATE' },
      );

      expect(simulator().requests).to.have.length(0);
    });

    it('fails in plain words when Meta gives no handle', async () => {
      simulator().fault({ path: '/uploads', body: {} });

      await rejects(run(createTemplate(withSample(PNG))), {
        code: 'UPLOAD_FAILED',
        retryable: true,
      });
    });
  });

  describe('updateTemplate', () => {
    it('replaces the components', async () => {
      const { id } = simulator().addTemplate(WABA, definition('notice'));
      const components = [body('The clinic is closed.')];

      const next = await run(updateTemplate(id, { components }));

      expect(next.data).to.deep.equal({ id, success: true });
      expect(received()).to.deep.equal([`POST /${id}`]);
      expect(bodies()).to.deep.equal([{ components }]);
    });

    it('refuses a name in the place of the ID before the network', async () => {
      await rejects(run(updateTemplate('notice', { category: 'UTILITY' })), {
        code: 'INVALID_ID',
      });
      expect(simulator().requests).to.have.length(0);
    });
  });

  describe('deleteTemplate', () => {
    it('deletes all languages, or the one with the ID', async () => {
      const { id } = simulator().addTemplate(WABA, definition('notice'));
      simulator().addTemplate(WABA, definition('notice', { language: 'sw' }));

      const one = await run(deleteTemplate('notice', { id }));
      const all = await run(deleteTemplate('notice'));

      expect(one.data).to.deep.equal({ name: 'notice', id, success: true });
      expect(all.data).to.deep.equal({ name: 'notice', success: true });
      expect(received()).to.deep.equal([
        `DELETE /${WABA}/message_templates?name=notice&hsm_id=${id}`,
        `DELETE /${WABA}/message_templates?name=notice`,
      ]);
    });

    it('is not repeated when nobody knows whether it was done, as it would fail', async () => {
      simulator().addTemplate(WABA, definition('notice'));
      simulator().fault({ reset: 'after' });

      const error = await rejects(run(deleteTemplate('notice')), {
        code: 'SEND_UNCONFIRMED',
      });

      expect(error.fix).to.contain('listTemplates');
      expect(simulator().requests).to.have.length(1);
    });

    it('takes an ID that is a number, as webhooks have it', async () => {
      const { id } = simulator().addTemplate(WABA, definition('notice'));

      const next = await run(
        deleteTemplate('notice', { id: Number(id) as never }),
      );

      expect(next.data).to.deep.equal({ name: 'notice', id, success: true });
    });

    it('does not delete all languages when the ID is missing', async () => {
      for (const id of [undefined, null, '']) {
        await rejects(run(deleteTemplate('notice', { id: id as never })), {
          sent: 'no',
        });
      }
      expect(simulator().requests).to.have.length(0);
    });
  });
});
