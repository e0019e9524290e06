import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ApiError, ForwardState } from './api';
import { STATE_NAMES } from './format';

/** The heading of a page; whoever cannot see the page change lands on it. */
export function Title({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · WhatsApp gateway`;
    heading.current?.focus();
  }, [children]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

export function Failure({
  error,
  children,
}: {
  error: ApiError;
  children?: ComponentChildren;
}) {
  return (
    <div class="failure" role="alert">
      <p>
        <strong>{error.message}</strong> {error.fix}
      </p>
      {children}
    </div>
  );
}

export function State({ state }: { state: ForwardState }) {
  return <span class={`state ${state}`}>{STATE_NAMES[state]}</span>;
}

/** A name and a value of a list of facts; nothing without a value. */
export function Fact({
  name,
  children,
}: {
  name: string;
  children: ComponentChildren;
}) {
  if (children === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
