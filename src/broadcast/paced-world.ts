import type {
  FailedTry,
  Limiter,
  WireResponse,
  WireRequest,
} from '../graph/wire';
import { usageOf } from '../graph/usage';
import type { Runtime } from '../graph/runtime';
import type { Course } from './course';
import type { Item } from './item';
import type { Deadline } from './pacing/clock';
import type { Waiter } from './pacing/concurrency';
import type { Token } from './pacing/rate-limiter';
import { hitsOf } from './reason';

/** Percent of what Meta allows, from which on everybody goes slower. */
const NEARLY_USED_UP = 95;
/** The number is being moved to a higher speed, and closed for a minute. */
const CLOSED = 131057;

/**
 * For what is no message: it waits for no turn, and no longer than there is
 * time.
 */
export const patiently =
  ({ pacer, deadlineOf }: Course, item: Item) =>
  (runtime: Runtime): Runtime => ({
    ...runtime,
    log: false,
    sleep: wait => pacer.pause(wait, deadlineOf(item), 'request'),
  });

/** The turns of one message. */
export class Turns {
  /** What the message goes out from. */
  private number = '';
  private token: Token = 0;
  private hasPerson = false;
  private isUnderWay = false;
  private readonly deadline: Deadline;

  constructor(
    private readonly course: Course,
    private readonly item: Item,
    private readonly person: string | undefined,
  ) {
    this.deadline = course.deadlineOf(item);
  }

  /** The runtime of the client, where each try waits for its person, and for a token. */
  readonly pacing = ({ transport, random, now }: Runtime): Runtime => ({
    transport: request => {
      this.number = numberOf(request);
      return transport(Object.assign(request, { limiter: this.limiter }));
    },
    random,
    now,
    // A line for each of thousands of calls would hide the lines of the job.
    log: false,
    turn: () => this.begin(),
    look: answer => this.look(answer),
    sleep: (wait, failed) => {
      this.course.repeated++;
      this.obey(wait, failed);
      this.end(failed.certainty === 'unknown');
      return this.course.pacer.pause(wait, this.deadline, this.waiter);
    },
  });

  /** The message is done with. */
  end(wentOut: boolean): void {
    if (this.isUnderWay) this.item.underWay--;
    if (this.hasPerson) this.course.pacer.leaveRecipient(this.person, wentOut);
    this.isUnderWay = this.hasPerson = false;
  }

  /** All messages from its number go slower. */
  slowDown(): void {
    this.course.pacer.tokens.slowDown(this.number, this.item.began);
  }

  private get waiter(): Waiter {
    return this.item.hasCalled ? 'heavy' : 'light';
  }

  private begin(): Promise<void> | undefined {
    const enter = () => void (this.hasPerson = true);
    const { pacer } = this.course;
    const waiting = pacer.enterRecipient(
      this.person,
      this.deadline,
      this.waiter,
    );
    if (waiting !== undefined) return waiting.then(enter);
    enter();
    return undefined;
  }

  private readonly limiter: Limiter = {
    take: () => {
      const { tokens } = this.course.pacer;
      const token = tokens.take(this.number, this.deadline);
      if (typeof token !== 'number') {
        return token.then(time => void (this.token = time));
      }
      this.token = token;
      return undefined;
    },
    begin: () => {
      const { pacer, clock } = this.course;
      if (!pacer.tokens.use(this.number, this.token)) return false;
      this.isUnderWay = true;
      this.item.underWay++;
      this.item.began = clock.now();
      return true;
    },
    giveBack: () => this.course.pacer.tokens.giveBack(this.number, this.token),
  };

  /** Notes how long an answer took, and slows down when it says that nearly all is used up. */
  private look({ headers }: WireResponse): void {
    const { exchanges, clock } = this.course;
    exchanges.push(clock.now() - this.item.began);
    if ((usageOf(headers) ?? 0) >= NEARLY_USED_UP) this.slowDown();
  }

  /** Does to everybody, or to this person, what a refusal asks for. */
  private obey(wait: number, { error, metaCode, retryAfter }: FailedTry): void {
    const { pacer } = this.course;
    const hits = hitsOf(error);
    if (hits === 'person' && this.person !== undefined) {
      pacer.delayRecipient(this.person, wait);
    }
    if (hits !== 'rate') return;
    this.slowDown();
    const isClosed = retryAfter !== undefined || metaCode === CLOSED;
    if (isClosed) pacer.tokens.closeFor(this.number, wait);
  }
}

/** What a request goes out from: the API and the ID of the phone number, which has a limit of its own. */
const numberOf = ({ origin, path }: WireRequest) =>
  `${origin} ${path.replace(/\?.*/, '').split('/').at(-2)}`;
