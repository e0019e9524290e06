import { expect } from 'chai';
import type { Json } from './call';
import { useSimulator } from './call';

/** What is tried, the code it is refused with, and a part of Meta's details. */
export type Row = [story: string, message: Json, code: number, details: string];

/** A copy of a message in which one thing is different. */
export const but = (message: Json, change: (copy: Json) => void): Json => {
  const copy = structuredClone(message);
  change(copy);
  return copy;
};

/** A test for each row: refused as Meta does it, and nothing is sent. */
export const refuses = (rows: Row[]): void => {
  const { simulator, send } = useSimulator();
  for (const [story, message, code, details] of rows)
    it(`${story} (${code})`, async () => {
      const { status, body } = await send(message);

      expect(body.error?.code, JSON.stringify(body)).to.equal(code);
      expect(status).to.equal(code === 132001 ? 404 : 400);
      expect(body.error.error_data.details).to.include(details);
      expect(simulator().transcript()).to.deep.equal([]);
    });
};
