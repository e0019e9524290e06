import { useState } from 'preact/hooks';
import { api } from './api';
import type { ApiError, RouteChange, RouteState } from './api';
import { number, time } from './format';
import { Failure, Title } from './parts';
import { asApi, useLoad } from './use-load';

const EVERY = 10_000;

export function RoutesPage() {
  const { data, error, reload } = useLoad(api.routes, 'routes', EVERY);
  return (
    <>
      <Title>Routes</Title>
      <p>
        A paused route stores everything and sends nothing until you resume it.
        A budget lets it start no more than so many runs in an hour; the rest
        waits.
      </p>
      {error && <Failure error={error} />}
      {!data && !error && <p role="status">Loading…</p>}
      {data?.data.length === 0 && (
        <p>Nothing is forwarded: FORWARD is none. Set it, and restart.</p>
      )}
      {data?.data.map(route => (
        <Route key={route.name} route={route} onChange={reload} />
      ))}
    </>
  );
}

type Props = { route: RouteState; onChange: () => void };

function Route({ route, onChange }: Props) {
  const { name, paused, pausedAt, hourlyBudget, runsLastHour } = route;
  const { error, done, change } = useRouteChange(route, onChange);
  return (
    <article aria-label={`Route ${name}`}>
      <div class="bar">
        <h2>{name}</h2>
        <span class={`state ${paused ? 'setAside' : 'delivered'}`}>
          {paused ? 'paused' : 'running'}
        </span>
        <button
          type="button"
          aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
          onClick={() => void change({ paused: !paused })}
        >
          {paused ? 'Resume' : 'Pause'}
        </button>
      </div>
      {!route.configured && (
        <p class="hint">The settings have no route of this name any more.</p>
      )}
      <p>
        {number(runsLastHour)}
        {hourlyBudget !== null && ` of ${number(hourlyBudget)}`} runs in the
        last hour
        {pausedAt !== undefined && `, paused since ${time(pausedAt)}`}.
      </p>
      <Budget route={route} change={change} />
      <p role="status">{done}</p>
      {error && <Failure error={error} />}
    </article>
  );
}

type BudgetProps = {
  route: RouteState;
  change: (change: RouteChange) => Promise<void>;
};

function Budget({ route: { name, hourlyBudget }, change }: BudgetProps) {
  const [text, setText] = useState(`${hourlyBudget ?? ''}`);
  const save = (event: Event) => {
    event.preventDefault();
    void change({ hourlyBudget: text.trim() === '' ? null : Number(text) });
  };
  return (
    <form class="buttons" aria-label={`Budget of ${name}`} onSubmit={save}>
      <label class="field">
        Runs an hour
        <input
          type="number"
          min="1"
          max="1000000"
          placeholder="no limit"
          value={text}
          onInput={event => setText(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Save</button>
    </form>
  );
}

function useRouteChange({ name }: RouteState, onChange: () => void) {
  const [error, setError] = useState<ApiError>();
  const [done, setDone] = useState('');
  const change = async (request: RouteChange) => {
    setError(undefined);
    setDone('');
    try {
      const { paused, hourlyBudget } = await api.changeRoute(name, request);
      const budget = hourlyBudget === null ? 'no limit' : number(hourlyBudget);
      setDone(
        request.paused === undefined
          ? `Saved. Runs an hour: ${budget}.`
          : `${name} is ${paused ? 'paused' : 'running again'}.`,
      );
      onChange();
    } catch (failure) {
      setError(asApi(failure));
    }
  };
  return { error, done, change };
}
