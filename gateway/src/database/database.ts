/** Where SQL runs: the database itself, or one transaction of it. */
export interface Session {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** PostgreSQL, be it a server or embedded. The SQL is the same for both. */
export interface Database extends Session {
  /** Whether this process alone has the database. */
  readonly isEmbedded: boolean;
  /** For what is asked over HTTP: it never waits for webhooks' connections, nor they for it. */
  readonly reader: Session;
  /** For single statements that store webhooks; they go before all others. */
  readonly writer: Session;
  /**
   * Returns when the work is on disk; else nothing of it was done. `timeout`,
   * in milliseconds for each query, is for what may take long on a server.
   */
  transaction<T>(
    work: (session: Session) => Promise<T>,
    timeout?: number,
  ): Promise<T>;
  /**
   * The same for what may be lost in a crash of the last second, and done
   * again; it need not wait for the disk.
   */
  transactionAsyncCommit<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** The same for single statements. */
  readonly asyncCommit: Session;
  /**
   * For reading everything, page by page. A server shows all as it was at the
   * beginning; the embedded one as it is at each page, because webhooks are
   * stored between the pages.
   */
  snapshot(): Promise<{ session: Session; end: () => Promise<void> }>;
  /** Several statements without values; the rows are those of the last. `timeout` is as above. */
  run(statements: string, timeout?: number): Promise<object[]>;
  close(): Promise<void>;
}
