import type { GatewayError } from '../core/errors';
import type { BacklogReader } from '../forward/backlog';
import type { Session } from '../database/database';
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

export type OverviewParts = { statistics: Statistics; backlog: BacklogReader };

/** How the gateway is now, and what it did lately. */
export async function readOverview(
  session: Session,
  { statistics, backlog }: OverviewParts,
  span: Span,
  problem: GatewayError | undefined,
): Promise<Overview> {
  const routes = await backlog.read();
  const sum = (name: 'waiting' | 'dead') =>
    routes.reduce((total, one) => total + one[name], 0);
  const oldest = Math.max(0, ...routes.map(one => one.oldestSeconds));
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
