import { collapseStatuses } from '../events/status';
import { isObject } from '../core/values';
import type { MessageReport } from '../types';
import { objectsIn } from './change';
import { asIsoTime } from './time';

type Given = Record<string, unknown>;

/** What Meta's history tells of a message, as a status webhook would; undefined when it tells nothing. */
export function readHistory(
  body: unknown,
  id: string,
): MessageReport | undefined {
  const entries = objectsIn(isObject(body) ? body['data'] : undefined);
  const history = entries
    .filter(entry => entry['message_id'] === id)
    .flatMap(({ events }) => objectsIn(isObject(events) ? events['data'] : []))
    .map(stepOf)
    .sort(byTime);
  const statuses = history.map(step => ({ ...step, id, raw: {} }));
  const [furthest] = collapseStatuses(statuses);
  if (furthest === undefined) return undefined;
  const { raw: _, ...report } = furthest;
  return { ...report, history, source: 'meta' };
}

type Step = MessageReport['history'][number];

function stepOf({
  delivery_status: status,
  timestamp,
  error_description: error,
}: Given): Step {
  const time = asIsoTime(timestamp);
  return {
    status: String(status).toLowerCase(),
    ...(typeof time === 'string' && { timestamp: time }),
    ...(typeof error === 'string' && { error: { message: error } }),
  };
}

const byTime = (a: Step, b: Step) =>
  (a.timestamp ?? '').localeCompare(b.timestamp ?? '');
