import type {
  FailedTry,
  Limiter,
  WireHeaders,
  WireRequest,
  WireResponse,
} from '../graph/wire';
import type { Runtime } from '../graph/api-request';
import { isObject } from '../core/values';
import { errorScopeOf } from './error-scope';
import type { Deadline } from './pacing/clock';
import type { Waiter } from './pacing/concurrency';
import type { Token } from './pacing/rate-limiter';
import type { Item, RunState } from './run-state';

/** Percent of what Meta allows, from which on everybody goes slower. */
const NEARLY_USED_UP = 95;
/** The number is being moved to a higher speed, and closed for a minute. */
const CLOSED = 131057;

/** For a request that is no message: it takes no turn, and waits no longer than there is time. */
export const boundWaits =
  ({ pacer, deadlineOf }: RunState, item: Item) =>
  (runtime: Runtime): Runtime => ({
    ...runtime,
    log: false,
    sleep: wait => pacer.pause(wait, deadlineOf(item), 'request'),
  });

/** Paces the tries of one message. */
export class MessagePacing {
  /** What the message goes out from. */
  private number = '';
  private token: Token = 0;
  private hasPerson = false;
  private isUnderWay = false;
  private readonly deadline: Deadline;

  constructor(
    private readonly run: RunState,
    private readonly item: Item,
    private readonly person: string | undefined,
  ) {
    this.deadline = run.deadlineOf(item);
  }

  /** Changes the runtime so that each try waits for its person, and for a token. */
  readonly pace = ({ transport, random, now }: Runtime): Runtime => ({
    transport: request => {
      this.number = numberOf(request);
      return transport(Object.assign(request, { limiter: this.limiter }));
    },
    random,
    now,
    // A line for each of thousands of requests would hide the lines of the job.
    log: false,
    waitForLeave: () => this.enter(),
    onResponse: response => this.noteUsage(response),
    sleep: (wait, failed) => {
      this.run.repeated++;
      this.applyRefusal(wait, failed);
      this.end(failed.certainty === 'unknown');
      return this.run.pacer.pause(wait, this.deadline, this.waiter);
    },
  });

  /** The message is done with. */
  end(wentOut: boolean): void {
    if (this.isUnderWay) this.item.underWay--;
    if (this.hasPerson) this.run.pacer.leaveRecipient(this.person, wentOut);
    this.isUnderWay = this.hasPerson = false;
  }

  /** All messages from its number go slower. */
  slowDown(): void {
    this.run.pacer.tokens.slowDown(this.number, this.item.began);
  }

  private get waiter(): Waiter {
    return this.item.hasRequested ? 'heavy' : 'light';
  }

  private enter(): Promise<void> | undefined {
    const noteEntry = () => void (this.hasPerson = true);
    const { pacer } = this.run;
    const waiting = pacer.enterRecipient(
      this.person,
      this.deadline,
      this.waiter,
    );
    if (waiting !== undefined) return waiting.then(noteEntry);
    noteEntry();
    return undefined;
  }

  private readonly limiter: Limiter = {
    take: () => {
      const { tokens } = this.run.pacer;
      const token = tokens.take(this.number, this.deadline);
      if (typeof token !== 'number') {
        return token.then(time => void (this.token = time));
      }
      this.token = token;
      return undefined;
    },
    begin: () => {
      const { pacer, clock } = this.run;
      if (!pacer.tokens.use(this.number, this.token)) return false;
      this.isUnderWay = true;
      this.item.underWay++;
      this.item.began = clock.now();
      return true;
    },
    giveBack: () => this.run.pacer.tokens.giveBack(this.number, this.token),
  };

  /** Notes how long an answer took, and slows down when it says that nearly all is used up. */
  private noteUsage({ headers }: WireResponse): void {
    const { responseTimes, clock } = this.run;
    responseTimes.push(clock.now() - this.item.began);
    if ((usageOf(headers) ?? 0) >= NEARLY_USED_UP) this.slowDown();
  }

  /** Delays everybody, or this person, as a refusal asks. */
  private applyRefusal(
    wait: number,
    { error, metaCode, retryAfter }: FailedTry,
  ): void {
    const { pacer } = this.run;
    const scope = errorScopeOf(error);
    if (scope === 'person' && this.person !== undefined) {
      pacer.delayRecipient(this.person, wait);
    }
    if (scope !== 'rate') return;
    this.slowDown();
    const isClosed = retryAfter !== undefined || metaCode === CLOSED;
    if (isClosed) pacer.tokens.closeFor(this.number, wait);
  }
}

/** What a request goes out from: the API and the ID of the phone number, which has a limit of its own. */
const numberOf = ({ origin, path }: WireRequest) =>
  `${origin} ${path.replace(/\?.*/, '').split('/').at(-2)}`;

const HEADERS = ['x-business-use-case-usage', 'x-app-usage'];
const COUNTS = ['call_count', 'total_cputime', 'total_time'];

/** How much of what Meta allows is used up, in percent; undefined when Meta does not say. */
export function usageOf(headers: WireHeaders): number | undefined {
  // Meta says it under load only.
  if (!HEADERS.some(name => name in headers)) return undefined;
  const counts = countsIn(HEADERS.map(name => read(headers[name])));
  return counts.length > 0
    ? counts.reduce((most, count) => Math.max(most, count))
    : undefined;
}

function read(header: WireHeaders[string]): unknown {
  if (typeof header !== 'string') return undefined;
  try {
    return JSON.parse(header);
  } catch {
    return undefined;
  }
}

/** The counts of an object, or of those in its lists: `{ "<account>": [{ call_count: 28 }] }`. */
function countsIn(given: unknown): number[] {
  const counts: number[] = [];
  // Not by recursion: how deep it is nested, the server decides.
  const left = [given];
  while (left.length > 0) {
    const value = left.pop();
    if (!isObject(value) && !Array.isArray(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'number') left.push(inner);
      else if (COUNTS.includes(name)) counts.push(inner);
    }
  }
  return counts;
}
