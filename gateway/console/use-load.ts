import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './api';

export type Loaded<T> = {
  data?: T;
  error?: ApiError;
  /** Asks again; what was there stays until the answer comes. */
  reload: () => void;
};

/** Asks the gateway when `key` changes, and every so many milliseconds while the page is seen. */
export function useLoad<T>(
  load: () => Promise<T>,
  key: string,
  every?: number,
): Loaded<T> {
  const [state, setState] = useState<{ data?: T; error?: ApiError }>({});
  const latest = useRef({ load, key });
  latest.current = { load, key };

  const reload = useCallback(() => {
    const isCurrent = () => latest.current.key === key;
    latest.current.load().then(
      data => isCurrent() && setState({ data }),
      (error: unknown) =>
        isCurrent() && setState(before => ({ ...before, error: asApi(error) })),
    );
  }, [key]);

  useEffect(() => {
    reload();
    if (every === undefined) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, every);
    return () => clearInterval(timer);
  }, [reload, every]);

  return { ...state, reload };
}

export function asApi(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : 'It failed.';
  return new ApiError(0, 'FAILED', text, 'Load the page again.');
}
