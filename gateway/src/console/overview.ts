import type { GatewayError } from '../errors';
import { countBacklog } from '../forward/backlog';
import type { Session } from '../store/database';
import type { Overview, Span } from './api';
import type { Statistics } from './statistics';

// Each by an index of its own, but the quarantine, which is small.
const COUNTS = `SELECT
  (SELECT count(*) FROM whatsapp_gateway.forwards
   WHERE state = 'waiting' AND tries > 0)::int AS "setAside",
  (SELECT count(*) FROM whatsapp_gateway.forwards
   WHERE state = 'discarded')::int AS discarded,
  (SELECT count(*) FROM whatsapp_gateway.quarantine)::int AS quarantine`;

type Counts = Pick<Overview, 'setAside' | 'discarded' | 'quarantine'>;

/** How the gateway is now, and what it did lately. */
export async function readOverview(
  session: Session,
  statistics: Statistics,
  span: Span,
  problem: GatewayError | undefined,
): Promise<Overview> {
  const backlog = await countBacklog(session);
  const sum = (name: 'waiting' | 'dead') =>
    backlog.reduce((total, one) => total + one[name], 0);
  const oldest = Math.max(0, ...backlog.map(one => one.oldestSeconds));
  const [counts] = await session.query<Counts>(COUNTS);
  const summary = await statistics.read(session, span);
  return {
    now: new Date().toISOString(),
    ...(problem && { problem: describe(problem) }),
    ...{ waiting: sum('waiting'), dead: sum('dead') },
    oldestWaitingSeconds: Math.round(oldest),
    ...{ setAside: 0, discarded: 0, quarantine: 0, ...counts },
    ...summary,
  };
}

const describe = ({ code, description, fix }: GatewayError) => ({
  ...{ code, message: description, fix },
});
