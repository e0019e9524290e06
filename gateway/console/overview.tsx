import { useState } from 'preact/hooks';
import { api } from './api';
import type { EventFilter, Interval, Overview, Span } from './api';
import { Chart } from './charts';
import { counted, number, seconds, timeIn } from './format';
import { Failure, Title } from './parts';
import { useLoad } from './use-load';

const SPANS: [Span, string][] = [
  ['hour', 'Last hour'],
  ['day', 'Last 24 hours'],
  ['week', 'Last 7 days'],
];

const EVERY = 10_000;

type Show = (filter: EventFilter) => void;

export function OverviewPage({ onShow }: { onShow: Show }) {
  const [span, setSpan] = useState<Span>('day');
  const { data, error } = useLoad(() => api.overview(span), span, EVERY);
  return (
    <>
      <Title>Overview</Title>
      {error && <Failure error={error} />}
      {!data && !error && <p role="status">Loading…</p>}
      {data && <Now overview={data} onShow={onShow} />}
      {data && (
        <section aria-labelledby="lately">
          <div class="bar">
            <h2 id="lately">Lately</h2>
            <label for="span">Time</label>
            <select
              id="span"
              value={span}
              onChange={event => setSpan(event.currentTarget.value as Span)}
            >
              {SPANS.map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <Lately overview={data} span={span} />
        </section>
      )}
    </>
  );
}

/** What there is at this moment; what needs somebody leads to its events. */
function Now({ overview, onShow }: { overview: Overview; onShow: Show }) {
  const { problem, oldestWaitingSeconds, waiting } = overview;
  const oldest =
    waiting > 0 ? `the oldest for ${seconds(oldestWaitingSeconds)}` : '';
  const counts = [
    ['waiting', 'Waiting', oldest],
    ['setAside', 'Set aside', 'failed while others passed'],
    ['dead', 'Dead', 'given up'],
    ['discarded', 'Discarded', 'not to be sent'],
  ] as const;
  return (
    <section aria-labelledby="now">
      <h2 id="now">Now</h2>
      {problem ? (
        <p class="failure">
          <strong>{problem.message}</strong> {problem.fix}
        </p>
      ) : (
        <p class="well">The gateway takes webhooks.</p>
      )}
      <ul class="counts">
        {counts.map(([state, name, note]) => (
          <li key={state} class={overview[state] > 0 ? state : ''}>
            <a href="#/events" onClick={() => onShow({ state })}>
              <b>{number(overview[state])}</b> {name}
              <small>{note}</small>
            </a>
          </li>
        ))}
        <li>
          <b>{number(overview.quarantine)}</b> In quarantine
          <small>signed, but cannot be read</small>
        </li>
      </ul>
    </section>
  );
}

function Lately({ overview, span }: { overview: Overview; span: Span }) {
  const { events, delivered, failed, intervals } = overview;
  const kinds = Object.entries(events).sort(([, a], [, b]) => b - a);
  const total = kinds.reduce((sum, [, value]) => sum + value, 0);
  return (
    <>
      <dl class="facts">
        <div>
          <dt>New events</dt>
          <dd>
            {number(total)}
            {kinds.length > 0 && (
              <ul class="kinds">
                {kinds.map(([kind, value]) => (
                  <li key={kind}>
                    {kind} {number(value)}
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
        <div>
          <dt>Delivered</dt>
          <dd>{number(delivered)}</dd>
        </div>
        <div>
          <dt>Failed attempts</dt>
          <dd>{number(failed)}</dd>
        </div>
      </dl>
      <Charts intervals={intervals} span={span} />
    </>
  );
}

function Charts({ intervals, span }: { intervals: Interval[]; span: Span }) {
  const common = {
    times: intervals.map(({ at }) => timeIn(span, at)),
    format: number,
  };
  return (
    <div class="charts">
      {[eventsOf(intervals), forwardsOf(intervals)].map(chart => (
        <Chart key={chart.title} {...common} {...chart} kind="bars" />
      ))}
      {LATENCIES.map(([title, p50, p95]) => {
        const chart = latencyOf(intervals, p50, p95);
        const own = { ...common, ...chart, title, format: seconds };
        return <Chart key={title} {...own} kind="lines" />;
      })}
    </div>
  );
}

const LATENCIES = [
  ['Answering Meta', 'webhookP50', 'webhookP95'],
  ['Answers of destinations', 'forwardP50', 'forwardP95'],
] as const;

type Name = Exclude<keyof Interval, 'at'>;

const valuesOf = (intervals: Interval[], name: Name) =>
  intervals.map(interval => interval[name]);

const sumOf = (intervals: Interval[], name: Name) =>
  intervals.reduce((total, interval) => total + (interval[name] ?? 0), 0);

function eventsOf(intervals: Interval[]) {
  const values = valuesOf(intervals, 'events');
  return {
    title: 'Events',
    summary: `${counted(sumOf(intervals, 'events'), 'event')} in this time.`,
    series: [{ name: 'events', color: 'c1', values }],
  };
}

function forwardsOf(intervals: Interval[]) {
  const failed = counted(sumOf(intervals, 'failed'), 'failed attempt');
  const [good, bad] = [
    valuesOf(intervals, 'delivered'),
    valuesOf(intervals, 'failed'),
  ];
  return {
    title: 'Forwarding',
    summary: `${number(sumOf(intervals, 'delivered'))} delivered, ${failed} in this time.`,
    series: [
      { name: 'delivered', color: 'c2', values: good },
      { name: 'failed', color: 'c3', values: bad },
    ],
  };
}

function latencyOf(intervals: Interval[], p50: Name, p95: Name) {
  const slow = valuesOf(intervals, p95);
  const highest = Math.max(0, ...slow.map(value => value ?? 0));
  return {
    summary:
      highest === 0
        ? 'Nothing was measured in this time.'
        : `95 of 100 took at most ${seconds(highest)} in the slowest part of this time.`,
    series: [
      { name: 'half within', color: 'c1', values: valuesOf(intervals, p50) },
      { name: '95 of 100 within', color: 'c4', values: slow },
    ],
  };
}
