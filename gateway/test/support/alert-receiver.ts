import { FakeOpenFn } from './openfn';

export type ReceivedAlert = {
  code: string;
  severity: string;
  subject: string;
  details: Record<string, unknown>;
  count: number;
  at: string;
  text: string;
};

/** A server at ALERT_URL that remembers what it got. */
export class AlertReceiver extends FakeOpenFn {
  get alerts(): ReceivedAlert[] {
    return this.bodies as ReceivedAlert[];
  }

  get codes(): string[] {
    return this.alerts.map(({ code }) => code);
  }
}
