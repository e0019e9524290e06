import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from './api';
import type { ApiError } from './api';
import { Failure } from './parts';
import { asApi } from './use-load';

type Props = { onDone: () => void };

export function Login({ onDone }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const { error, isBusy, logIn } = useLogin(onDone);
  useEffect(() => {
    document.title = 'Log in · WhatsApp gateway';
    input.current?.focus();
    input.current?.select();
  }, [error]);
  const submit = (event: Event) => {
    event.preventDefault();
    void logIn(input.current?.value ?? '');
  };

  return (
    <main class="alone">
      <h1>WhatsApp gateway</h1>
      <form class="login" onSubmit={submit}>
        {/* For password managers. */}
        <input hidden autocomplete="username" value="operator" />
        <label for="key">Operate key</label>
        <input
          ref={input}
          id="key"
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="key-hint"
        />
        <p id="key-hint" class="hint">
          The value of <code>OPERATE_KEY</code> of this gateway.
        </p>
        {error && <Failure error={error} />}
        <button type="submit" class="main" disabled={isBusy}>
          Log in
        </button>
      </form>
    </main>
  );
}

function useLogin(onDone: () => void) {
  const [error, setError] = useState<ApiError>();
  const [isBusy, setBusy] = useState(false);
  const logIn = async (key: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await api.logIn(key);
      onDone();
    } catch (failure) {
      setError(asApi(failure));
      setBusy(false);
    }
  };
  return { error, isBusy, logIn };
}
