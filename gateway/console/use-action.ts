import { useEffect } from 'preact/hooks';
import { api } from './api';
import type { ActionAnswer, ActionName, ApiError, EventFilter } from './api';
import { asApi } from './use-load';
import { useTurns } from './use-turns';
import type { Change } from './use-turns';

/** What to act on: events by their IDs, or all that a filter finds. */
export type Target = { ids: string[] } | { filter: EventFilter };

export type ActionState = {
  phase: 'idle' | 'counting' | 'asking' | 'pausing' | 'working' | 'done';
  action: ActionName;
  target: Target;
  /** Forwards that it is about. */
  total: number;
  /** Forwards that were changed. */
  done: number;
  /** Forwards that are on the way, and are left alone. */
  busy: number;
  startedAt?: string | undefined;
  /** Where to go on. */
  after?: string | undefined;
  /** Seconds until it begins. */
  seconds: number;
  isStopped: boolean;
  error?: ApiError | undefined;
};

export type Action = ActionState & {
  /** Counts, so that the operator can be asked. */
  prepare: (action: ActionName, target: Target) => Promise<void>;
  confirm: () => void;
  /** Goes on after an error. */
  resume: () => void;
  /** Before it begins nothing has happened; later, the rest is left alone. */
  cancel: () => void;
};

const UNDO_SECONDS = 10;

const IDLE: ActionState = {
  ...{ phase: 'idle', action: 'replay', target: { ids: [] } },
  ...{ total: 0, done: 0, busy: 0, seconds: 0, isStopped: false },
};

/** A replay or a discard: counted, confirmed, held for some seconds, then done in steps. */
export function useAction(onDone: () => void): Action {
  const { state, latest, change, begin } = useTurns(IDLE);
  const work = async () => {
    change({ phase: 'working', error: undefined });
    if (await runSteps(latest.current, false, begin())) {
      change({ phase: 'done' });
      onDone();
    }
  };
  useCountdown(state, change, () => void work());
  useWarning(state);

  return {
    ...state,
    async prepare(action, target) {
      const fresh = { ...IDLE, action, target, phase: 'counting' } as const;
      change(fresh);
      if (await runSteps(fresh, true, begin())) change({ phase: 'asking' });
    },
    confirm: () => change({ phase: 'pausing', seconds: UNDO_SECONDS }),
    resume: () => void work(),
    cancel() {
      begin();
      if (latest.current.phase !== 'working') return change(IDLE);
      change({ phase: 'done', isStopped: true, error: undefined });
      onDone();
    },
  };
}

/** Step after step, until the end; false when it failed or was canceled. */
async function runSteps(
  from: ActionState,
  isDry: boolean,
  change: Change<ActionState>,
): Promise<boolean> {
  let { after, startedAt } = from;
  let count = isDry ? 0 : from.done;
  // What was on the way when it was counted may have arrived meanwhile.
  let busy = after === undefined ? 0 : from.busy;
  try {
    do {
      const answer = await step(from, isDry, after, startedAt);
      [count, busy] = [count + answer.count, busy + answer.busy];
      ({ after, startedAt } = answer);
      const counted = isDry
        ? { total: count, startedAt }
        : { done: count, after };
      if (!change({ ...counted, busy })) return false;
    } while (after !== undefined);
    return true;
  } catch (error) {
    change({ error: asApi(error) });
    return false;
  }
}

function step(
  { action, target }: ActionState,
  dryRun: boolean,
  after: string | undefined,
  startedAt: string | undefined,
): Promise<ActionAnswer> {
  return api.act({
    ...{ action, dryRun, ...target },
    ...(after !== undefined && { after }),
    ...(startedAt !== undefined && { startedAt }),
  });
}

/** Nothing happens while it counts down. */
function useCountdown(
  { phase, seconds }: ActionState,
  change: (changes: Partial<ActionState>) => void,
  onEnd: () => void,
): void {
  useEffect(() => {
    if (phase !== 'pausing') return undefined;
    const timer = setTimeout(() => {
      change({ seconds: seconds - 1 });
      if (seconds <= 1) onEnd();
    }, 1000);
    return () => clearTimeout(timer);
  }, [phase, seconds]);
}

/** The browser asks before the page is left in the middle of an action. */
function useWarning({ phase }: ActionState): void {
  const isRunning = phase === 'pausing' || phase === 'working';
  useEffect(() => {
    if (!isRunning) return undefined;
    const warn = (event: Event) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isRunning]);
}
