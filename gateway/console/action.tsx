import { useEffect, useRef } from 'preact/hooks';
import { counted, number } from './format';
import { Failure } from './parts';
import type { Action } from './use-action';

const NAMES = {
  replay: {
    verb: 'Replay',
    going: 'Replaying',
    done: 'wait to be sent again',
    what: 'They are sent again with the same body and the same X-Gateway-Forward. The workflow gets these events once more.',
    none: 'Nothing here can be replayed: only what was delivered, is dead or was discarded.',
  },
  discard: {
    verb: 'Discard',
    going: 'Discarding',
    done: 'are discarded',
    what: 'They are not sent any more, unless you replay them before they are deleted after RETENTION_DAYS.',
    none: 'Nothing here can be discarded: only what waits or is dead.',
  },
};

/** Asks before anything happens. */
export function ActionDialog({ action }: { action: Action }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { phase, total, error } = action;
  const isOpen = phase === 'counting' || phase === 'asking';
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const { verb, what, none } = NAMES[action.action];
  const isReady = phase === 'asking' && total > 0;
  const title = isReady ? `${verb} ${counted(total, 'forward')}?` : verb;
  return (
    <dialog
      ref={dialog}
      aria-labelledby="action-title"
      onCancel={action.cancel}
      onClose={() => isOpen && action.cancel()}
    >
      <h2 id="action-title">{title}</h2>
      {isOpen && error && <Failure error={error} />}
      {phase === 'counting' && !error && (
        <p role="status">Counting… {number(total)}</p>
      )}
      {isReady && <p>{what}</p>}
      {phase === 'asking' && total === 0 && <p>{none}</p>}
      {phase === 'asking' && <Busy action={action} />}
      <div class="buttons">
        {/* First, so that it has the focus when the dialog opens. */}
        <button type="button" onClick={action.cancel}>
          {isReady || phase === 'counting' ? 'Cancel' : 'Close'}
        </button>
        {isReady && (
          <button type="button" class="main" onClick={action.confirm}>
            {verb}
          </button>
        )}
      </div>
    </dialog>
  );
}

function Busy({ action: { busy } }: { action: Action }) {
  if (busy === 0) return null;
  return (
    <p>
      {counted(busy, 'forward')} on the way just now {busy === 1 ? 'is' : 'are'}{' '}
      left alone.
    </p>
  );
}

/** Its button is about to go; who uses a keyboard goes on at the heading. */
function leave(action: Action): void {
  action.cancel();
  document.querySelector('h1')?.focus();
}

/** The pause in which an action can be undone, its progress, and its end. */
export function ActionBar({ action }: { action: Action }) {
  const { phase } = action;
  const isShown = ['pausing', 'working', 'done'].includes(phase);
  return (
    <aside class={isShown ? 'action' : ''} aria-label="Action">
      {phase === 'pausing' && <Pause action={action} />}
      {phase === 'working' && <Progress action={action} />}
      {phase === 'done' && <Done action={action} />}
    </aside>
  );
}

function Pause({ action }: { action: Action }) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  const { going } = NAMES[action.action];
  return (
    <>
      <p role="alert">
        {going} {counted(action.total, 'forward')} begins in a few seconds.
      </p>
      <span class="seconds" aria-hidden="true">
        {action.seconds}
      </span>
      <button
        ref={undo}
        type="button"
        class="main"
        onClick={() => leave(action)}
      >
        Undo
      </button>
    </>
  );
}

function Progress({ action }: { action: Action }) {
  const { total, done, error } = action;
  const { going } = NAMES[action.action];
  const text = `${going}: ${number(done)} of ${number(total)}`;
  return (
    <>
      {error && <Failure error={error} />}
      <p id="action-progress" role="status">
        {text}
      </p>
      <progress aria-labelledby="action-progress" max={total} value={done} />
      {error && (
        <button type="button" class="main" onClick={action.resume}>
          Go on
        </button>
      )}
      <button type="button" onClick={() => leave(action)}>
        Stop
      </button>
    </>
  );
}

function Done({ action }: { action: Action }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  const { done, total, isStopped } = action;
  const text = `${counted(done, 'forward')} ${NAMES[action.action].done}.`;
  return (
    <>
      <div role="status">
        <p>{isStopped ? `Stopped: of ${number(total)}, ${text}` : text}</p>
        <Busy action={action} />
      </div>
      <button ref={close} type="button" onClick={() => leave(action)}>
        Close
      </button>
    </>
  );
}
