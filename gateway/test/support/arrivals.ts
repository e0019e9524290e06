import { parse } from '../../../src/webhook';
import { compose } from '../../src/forward/compose';
import { KINDS } from '../../src/settings/forwarding';
import type { Kind, Order } from '../../src/settings/forwarding';
import { readEvents } from '../../src/store/event-columns';
import type { Arrival } from '../../src/store/webhook-store';
import { sign } from './payloads';

type Choice = {
  kinds?: ReadonlySet<Kind>;
  isEach?: boolean;
  isRaw?: boolean;
  order?: Order;
};

/** A body as the route hands it to the store. */
export function arrival(
  payload: object | string,
  choice: Choice = {},
): Arrival {
  const raw = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const parsed: unknown = JSON.parse(raw);
  const events = readEvents(parse(parsed));
  const webhook = { raw, signature: sign(raw), payload: parsed };
  const destination = {
    name: 'default',
    isEach: false,
    isRaw: false,
    order: 'none' as const,
    ...choice,
  };
  return {
    events: events.map(({ row }) => row),
    compose(fresh) {
      const { kinds = new Set(KINDS) } = choice;
      const wanted = events.filter(
        ({ kind, row }) => kinds.has(kind) && fresh.has(row.id),
      );
      return compose(webhook, events, wanted, destination);
    },
    alerts: () => [],
  };
}
