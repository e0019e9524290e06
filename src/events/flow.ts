/** A filled form: any JSON. What cannot be parsed is kept as it came. */
export function parseFlow(response: unknown): unknown {
  if (response === null) return undefined;
  if (typeof response !== 'string') return response;
  try {
    return JSON.parse(response) as unknown;
  } catch {
    return response;
  }
}
