import { parse, protocol } from '@electric-sql/pglite';
import type { PGlite } from '@electric-sql/pglite';

const { serialize } = protocol;

type Statement = {
  name: string;
  /** The types of its parameters, as PostgreSQL numbers them. */
  types: number[];
  /** The description of its rows. */
  rows: Message[];
};

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];

/** Others are forgotten; those of the gateway itself are fewer. */
const MOST = 200;

/**
 * The statements that have been asked, so that PostgreSQL reads each once, and
 * gets all of a question in one call. `PGlite.query` makes five, each time.
 */
export class PreparedStatements {
  readonly #pglite: PGlite;
  readonly #statements = new Map<string, Statement>();
  #count = 0;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async query(text: string, values: unknown[]): Promise<object[]> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text));
    const { name, types, rows } = statement;
    const texts = values.map((value, i) => this.#serialize(value, types[i]));
    try {
      const answer = await this.#send(
        serialize.bind({ statement: name, values: texts }),
        serialize.execute({}),
      );
      const messages = [...rows, ...answer];
      const [result] = parse.parseResults(messages, this.#pglite.parsers);
      return result?.rows ?? [];
    } catch (error) {
      // A change of the tables makes some useless; the next time it is read anew.
      this.#statements.delete(text);
      // Anything but an ERROR has ended PostgreSQL, which is asked nothing more.
      const { severity } = error as { severity?: string };
      if (severity === 'ERROR') await this.#close(name);
      throw error;
    }
  }

  async #prepare(text: string): Promise<Statement> {
    await this.#forgetOldest();
    const name = `statement_${(this.#count += 1)}`;
    const described = await this.#send(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
    );
    const statement = {
      name,
      types: parse.parseDescribeStatementResults(described),
      rows: described.filter(message => message.name === 'rowDescription'),
    };
    this.#statements.set(text, statement);
    return statement;
  }

  async #forgetOldest(): Promise<void> {
    const [oldest] = this.#statements;
    if (oldest === undefined || this.#statements.size < MOST) return;
    const [text, { name }] = oldest;
    this.#statements.delete(text);
    await this.#close(name);
  }

  async #close(name: string): Promise<void> {
    await this.#send(serialize.close({ type: 'S', name }));
  }

  #serialize(value: unknown, type = 0): string | null {
    if (value === null || value === undefined) return null;
    return this.#pglite.serializers[type]?.(value) ?? String(value);
  }

  #send(...messages: Uint8Array[]): Promise<Message[]> {
    const all = Buffer.concat([...messages, serialize.sync()]);
    return this.#pglite.runExclusive(() =>
      this.#pglite.execProtocolStream(all, { syncToFs: false }),
    );
  }
}
