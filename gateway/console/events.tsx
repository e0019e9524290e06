import type { ListedEvent } from './api';
import { Filters } from './filters';
import { counted, time } from './format';
import { Failure, State, Title } from './parts';
import type { Action, Target } from './use-action';
import type { Search } from './use-search';

type Props = { search: Search; action: Action };

export function EventsPage({ search, action }: Props) {
  const { events, error, isLoading, filter } = search;
  return (
    <>
      <Title>Events</Title>
      <Filters filter={filter} onSearch={search.run} />
      {events.length > 0 && <Tools search={search} action={action} />}
      {error && <Failure error={error} />}
      <ul class="events" aria-label="Events" aria-busy={isLoading}>
        {events.map(event => (
          <Row
            key={event.id}
            event={event}
            isSelected={search.selected.has(event.id)}
            onSelect={isSelected => search.select([event.id], isSelected)}
          />
        ))}
      </ul>
      <Footer search={search} />
    </>
  );
}

/** What can be done with the chosen events, or with all that the filter finds. */
function Tools({ search, action }: Props) {
  const { events, selected, filter } = search;
  const ids = events.map(({ id }) => id);
  const isAll = ids.every(id => selected.has(id));
  const target: Target =
    selected.size > 0 ? { ids: [...selected] } : { filter };
  const what =
    selected.size > 0
      ? `${counted(selected.size, 'selected event')}`
      : 'all that match';
  const isBusy = action.phase !== 'idle' && action.phase !== 'done';
  return (
    <div class="tools" role="group" aria-label="Actions">
      <label class="check">
        <input
          type="checkbox"
          checked={isAll}
          onChange={event => search.select(ids, event.currentTarget.checked)}
        />
        Select all shown
      </label>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => void action.prepare('replay', target)}
      >
        Replay {what}
      </button>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => void action.prepare('discard', target)}
      >
        Discard {what}
      </button>
    </div>
  );
}

type RowProps = {
  event: ListedEvent;
  isSelected: boolean;
  onSelect: (isSelected: boolean) => void;
};

function Row({ event, isSelected, onSelect }: RowProps) {
  const { id, kind, detail, direction, person, phoneNumberId, states } = event;
  const at = time(event.receivedAt);
  return (
    <li class={isSelected ? 'selected' : ''}>
      <label class="check">
        <input
          type="checkbox"
          checked={isSelected}
          onChange={change => onSelect(change.currentTarget.checked)}
        />
        <span class="unseen">
          Select {kind} of {at}
        </span>
      </label>
      <a href={`#/events/${id}`}>
        <span class="kind">
          {kind}
          {detail !== undefined && <small> {detail}</small>}
        </span>
        <time dateTime={event.receivedAt}>{at}</time>
        <span class="person">
          {person !== undefined &&
            `${direction === 'out' ? 'to ' : ''}${person}`}
        </span>
        <span class="number">{phoneNumberId}</span>
        <span class="states">
          {states.map(state => (
            <State key={state} state={state} />
          ))}
          {states.length === 0 && <span class="state">not forwarded</span>}
        </span>
      </a>
    </li>
  );
}

function Footer({ search }: { search: Search }) {
  const { events, after, searchedTo, isLoading, error } = search;
  const to = searchedTo === undefined ? '' : ` back to ${time(searchedTo)}`;
  const found = counted(events.length, 'event');
  const isFiltered = Object.values(search.filter).some(value => value);
  const text = isLoading
    ? `Searching${to}…`
    : after !== undefined
      ? `${found} shown, searched${to}.`
      : events.length > 0
        ? `${found}. That is all.`
        : isFiltered
          ? 'No event matches. Leave out a part of the filter.'
          : 'No event yet. Events show up here when Meta sends the first webhook.';
  return (
    <div class="footer">
      <p role="status">{error ? '' : text}</p>
      {after !== undefined && !isLoading && (
        <button type="button" onClick={search.more}>
          {events.length > 0 ? 'Show earlier events' : 'Search earlier events'}
        </button>
      )}
    </div>
  );
}
