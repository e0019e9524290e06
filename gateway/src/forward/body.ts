/** A webhook to forward. */
export type Webhook = {
  /** The body, exactly as it came. */
  raw: string;
  signature: string;
  payload: unknown;
};

// What is said of all items beside them.
const AROUND = new Set(['messaging_product', 'metadata', 'contacts']);

/**
 * The payload with nothing but the items in `kept`, in Meta's shape. It is
 * undefined when none of them is found.
 */
export function keepOnly(
  payload: unknown,
  kept: ReadonlySet<unknown>,
): unknown {
  if (kept.has(payload)) return payload;
  if (Array.isArray(payload)) {
    const items: unknown[] = payload.map(item => keepOnly(item, kept));
    const found = items.filter(item => item !== undefined);
    return found.length > 0 ? found : undefined;
  }
  return isObject(payload) ? keepInside(payload, kept) : undefined;
}

function keepInside(
  object: Record<string, unknown>,
  kept: ReadonlySet<unknown>,
): object | undefined {
  const found = new Map<string, unknown>();
  for (const [name, content] of Object.entries(object)) {
    if (AROUND.has(name)) continue;
    const rest = keepOnly(content, kept);
    if (rest !== undefined) found.set(name, rest);
  }
  if (found.size === 0) return undefined;
  // In Meta's order; what is no list and no object says nothing of others.
  const entries = Object.entries(object).flatMap(([name, content]) => {
    if (found.has(name)) return [[name, found.get(name)]];
    return AROUND.has(name) || !isContainer(content) ? [[name, content]] : [];
  });
  return Object.fromEntries(entries) as object;
}

/** The body with the exact text and its signature beside Meta's keys, so that a job can verify it. */
export function withRaw(body: string, { raw, signature }: Webhook): string {
  const beside = JSON.stringify({ raw, signature });
  return `${body.trimEnd().slice(0, -1)},${beside.slice(1)}`;
}

export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return isContainer(value) && !Array.isArray(value);
}
