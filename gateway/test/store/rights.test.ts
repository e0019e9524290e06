import { expect } from 'chai';
import pg from 'pg';
import { createLogger } from '../../src/logger';
import { migrate } from '../../src/store/migrations';
import { openPostgres } from '../../src/store/postgres';
import { grantTo } from '../../src/store/rights';
import { newPostgresUrl } from '../support/postgres';
import { rejects } from '../support/rejects';

describe('rights of a PostgreSQL role', () => {
  const log = createLogger('silent');

  it('names what to grant, and needs no right to create once the tables are made', async function () {
    const url = await newPostgresUrl(this);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('CREATE ROLE "only dml" LOGIN');
    await client.end();
    const owner = openPostgres(url, log);
    const other = openPostgres(url.replace('gateway@', 'only%20dml@'), log);

    const { message } = await rejects(migrate(other), 'RIGHTS_MISSING');
    expect(message).to.match(/GRANT CREATE ON DATABASE \w+ TO "only dml"/);
    await migrate(owner);
    await rejects(migrate(other), 'RIGHTS_MISSING');
    await rejects(grantTo(owner, 'nobody here'), 'UNKNOWN_ROLE');
    await grantTo(owner, 'only dml');
    await migrate(other);
    await other.query('SELECT * FROM whatsapp_gateway.events');
    await other.query('DELETE FROM whatsapp_gateway.forwards');

    await owner.close();
    await other.close();
  });
});
