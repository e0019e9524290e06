import { parse } from '../../../src/events/parse';
import { compose } from '../../src/forward/compose';
import { FORWARDED } from '../../src/settings/forward';
import type { Kind } from '../../src/settings/forward';
import { readEvents } from '../../src/store/read-events';
import type { Arrival } from '../../src/store/writer';
import { sign } from './payloads';

type Choice = {
  forward?: ReadonlySet<Kind>;
  forwardEach?: boolean;
  forwardRaw?: boolean;
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
  const settings = {
    forward: FORWARDED,
    forwardEach: false,
    forwardRaw: false,
    ...choice,
  };
  return {
    events: events.map(({ row }) => row),
    compose: fresh => compose(webhook, events, fresh, settings),
  };
}
