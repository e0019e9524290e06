import { api } from './api';
import type { Attempt, EventDetail, ForwardDetail } from './api';
import { counted, seconds, time } from './format';
import { Fact, Failure, State, Title } from './parts';
import type { Action } from './use-action';
import { useLoad } from './use-load';

type Props = {
  id: string;
  /** Counts the actions that were done, after which the page is loaded again. */
  changes: number;
  action: Action;
};

export function EventPage({ id, changes, action }: Props) {
  const { data, error } = useLoad(
    () => api.event(id),
    `${id} ${changes}`,
    5000,
  );
  return (
    <>
      <p class="back">
        <a href="#/events">Back to the list</a>
      </p>
      <Title>Event</Title>
      {error && <Failure error={error} />}
      {!data && !error && <p role="status">Loading…</p>}
      {data && <Facts event={data} />}
      {data && <Forwards event={data} action={action} />}
      {data && <Content event={data} />}
    </>
  );
}

function Facts({ event }: { event: EventDetail }) {
  return (
    <dl class="facts">
      <Fact name="Kind">{event.kind}</Fact>
      <Fact name="Received">{time(event.receivedAt)}</Fact>
      <Fact name="Happened">{time(event.happenedAt)}</Fact>
      <Fact name="Number">{event.contact}</Fact>
      <Fact name="Name">{event.name}</Fact>
      <Fact name="User ID">{event.userId}</Fact>
      <Fact name="Group">{event.groupId}</Fact>
      <Fact name="Our phone number ID">{event.phoneNumberId}</Fact>
      <Fact name="Message ID">{event.messageId}</Fact>
    </dl>
  );
}

function Forwards({ event, action }: { event: EventDetail; action: Action }) {
  const { forwards } = event;
  const target = { ids: [event.id] };
  const isBusy = action.phase !== 'idle' && action.phase !== 'done';
  const has = (...states: string[]) =>
    forwards.some(({ state }) => states.includes(state));
  return (
    <section aria-labelledby="forwards">
      <div class="bar">
        <h2 id="forwards">Forwarding</h2>
        {has('delivered', 'dead', 'discarded') && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void action.prepare('replay', target)}
          >
            Replay
          </button>
        )}
        {has('waiting', 'setAside', 'dead') && (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void action.prepare('discard', target)}
          >
            Discard
          </button>
        )}
      </div>
      {forwards.length === 0 && (
        <p>This event was stored and not forwarded: no route takes it.</p>
      )}
      {forwards.map(forward => (
        <Forward key={forward.id} forward={forward} />
      ))}
    </section>
  );
}

function Forward({ forward }: { forward: ForwardDetail }) {
  const { id, route, state, attempts, listed } = forward;
  return (
    <article aria-label={`Forward to ${route}`}>
      <p>
        <State state={state} /> to <strong>{route}</strong>,{' '}
        {counted(attempts, 'attempt')}
        {forward.deliveredAt && `, delivered ${time(forward.deliveredAt)}`}
        {state === 'dead' &&
          forward.diedAt &&
          `, given up ${time(forward.diedAt)}`}
        {forward.dueAt && `, next attempt ${time(forward.dueAt)}`}
      </p>
      <p class="hint">
        X-Gateway-Forward: <code>{id}</code>
      </p>
      {listed.length > 0 && <Attempts route={route} attempts={listed} />}
    </article>
  );
}

function Attempts({ route, attempts }: { route: string; attempts: Attempt[] }) {
  const [advice] = attempts.flatMap(one => one.advice ?? []);
  const isFailing = attempts[0]?.code !== undefined;
  return (
    <>
      {isFailing && advice && <p class="advice">{advice}</p>}
      <div
        class="wide"
        tabIndex={0}
        role="region"
        aria-label={`Attempts to ${route}`}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Attempt</th>
              <th scope="col">Time</th>
              <th scope="col">Result</th>
              <th scope="col">Took</th>
              <th scope="col">Work order</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map(one => (
              <tr key={one.number}>
                <th scope="row">{one.number}</th>
                <td>{time(one.at)}</td>
                <td title={one.advice}>{resultOf(one)}</td>
                <td>{seconds(one.durationMs / 1000)}</td>
                <td>{one.workOrderId ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The code, and the status where the code does not say it. */
function resultOf({ code = 'delivered', statusCode, contentType }: Attempt) {
  const status =
    statusCode === undefined || code === `HTTP_${statusCode}`
      ? ''
      : ` ${statusCode}`;
  return `${code}${status}${contentType ? `, ${contentType}` : ''}`;
}

function Content({ event }: { event: EventDetail }) {
  return (
    <section aria-labelledby="content">
      <h2 id="content">Content</h2>
      <pre tabIndex={0} role="region" aria-label="Content as JSON">
        {indent(event)}
      </pre>
      {event.isCut && <p>The rest is too long to be shown.</p>}
    </section>
  );
}

function indent({ item, isCut }: EventDetail): string {
  return isCut ? item : JSON.stringify(JSON.parse(item), null, 2);
}
