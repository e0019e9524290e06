import { expect } from 'chai';
import { createLogger } from '../../src/core/logger';
import { openPostgres } from '../../src/database/postgres';
import { newPostgresUrl } from '../support/postgres';
import { rejects } from '../support/rejects';

describe('the reader of openPostgres', () => {
  it('ends what takes long, and says what to do', async function () {
    const url = await newPostgresUrl(this);
    const { reader, close } = openPostgres(url, createLogger('silent'));
    const cancel = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'query_canceled'; END $$`;

    const [limit] = await reader.query('SHOW statement_timeout');
    await rejects(reader.query(cancel), 'READ_TIMEOUT');

    expect(limit).to.deep.equal({ statement_timeout: '5s' });
    await close();
  });
});
