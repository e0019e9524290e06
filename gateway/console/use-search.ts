import { useEffect, useRef } from 'preact/hooks';
import { api } from './api';
import type { ApiError, EventFilter, ListedEvent } from './api';
import { asApi } from './use-load';
import { useTurns } from './use-turns';
import type { Change } from './use-turns';

type State = {
  filter: EventFilter;
  events: ListedEvent[];
  /** Where the search goes on; missing at the end. */
  after?: string | undefined;
  searchedTo?: string | undefined;
  isLoading: boolean;
  error?: ApiError | undefined;
  selected: ReadonlySet<string>;
};

export type Search = State & {
  /** Begins anew with this filter. */
  run: (filter: EventFilter) => void;
  more: () => void;
  select: (ids: string[], isSelected: boolean) => void;
};

const PAGE = 50;
// What is rare is looked for part by part; after so many, the operator is asked.
const MOST_PARTS = 20;

const EMPTY: State = {
  ...{ filter: {}, events: [], isLoading: false, selected: new Set<string>() },
};

/** The list of events; it stays as it is while the operator looks at one of them. */
export function useSearch(isActive: boolean): Search {
  const { state, latest, change, begin } = useTurns(EMPTY);
  const hasRun = useRef(false);
  const run = (filter: EventFilter) => {
    hasRun.current = true;
    change({ ...EMPTY, after: undefined, filter });
    void findMore({ ...EMPTY, filter }, begin());
  };
  useEffect(() => {
    if (isActive && !hasRun.current) run({});
  }, [isActive]);

  return {
    ...state,
    run,
    more: () => void findMore(state, begin()),
    select(ids, isSelected) {
      const selected = new Set(latest.current.selected);
      for (const id of ids) {
        if (isSelected) selected.add(id);
        else selected.delete(id);
      }
      change({ selected });
    },
  };
}

/** Looks for another page of events, part by part. */
async function findMore(from: State, change: Change<State>): Promise<void> {
  change({ isLoading: true, error: undefined });
  let { events, after } = from;
  const enough = events.length + PAGE;
  try {
    for (let part = 0; part < MOST_PARTS; part++) {
      const page = await api.events(from.filter, after);
      events = [...events, ...page.data];
      after = page.after;
      if (!change({ events, after, searchedTo: page.searchedTo })) return;
      if (after === undefined || events.length >= enough) break;
    }
    change({ isLoading: false });
  } catch (error) {
    change({ isLoading: false, after, error: asApi(error) });
  }
}
