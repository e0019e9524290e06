/** Values over time; undefined where there was nothing to measure. */
export type Series = {
  name: string;
  /** The class that colors it. */
  color: string;
  values: (number | undefined)[];
};

type Chart = {
  title: string;
  /** What the chart shows, for who cannot see it. */
  summary: string;
  series: Series[];
  /** When each value was. */
  times: string[];
  format: (value: number) => string;
  kind: 'bars' | 'lines';
};

const WIDTH = 600;
const HEIGHT = 120;

/** A chart as a picture, with the same values as a table. */
export function Chart(chart: Chart) {
  const { title, summary, series, times, format, kind } = chart;
  const top = highest(chart);
  return (
    <figure>
      <figcaption>
        {title}
        <span class="legend">
          {series.map(({ name, color }) => (
            <span key={name} class={color}>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <p class="axis" aria-hidden="true">
        {top === 0 ? 'nothing' : format(top)}
      </p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${summary}`}
      >
        <path class="ground" d={`M0 ${HEIGHT}H${WIDTH}`} />
        {kind === 'bars' ? (
          <Bars series={series} top={top} />
        ) : (
          <Lines series={series} top={top} />
        )}
      </svg>
      <p class="axis ends" aria-hidden="true">
        <span>{times[0]}</span>
        <span>{times.at(-1)}</span>
      </p>
      <ChartTable {...chart} />
    </figure>
  );
}

function highest({ series, kind }: Chart): number {
  const sums = series[0]?.values.map((_, i) => {
    const values = series.map(one => one.values[i] ?? 0);
    return kind === 'bars'
      ? values.reduce((a, b) => a + b, 0)
      : Math.max(...values);
  });
  return Math.max(0, ...(sums ?? []));
}

/** Bars of each time, one upon the other. */
function Bars({ series, top }: { series: Series[]; top: number }) {
  const count = series[0]?.values.length ?? 1;
  const width = WIDTH / count;
  const scale = top === 0 ? 0 : HEIGHT / top;
  const base = Array.from({ length: count }, () => HEIGHT);
  return (
    <>
      {series.map(({ name, color, values }) => (
        <g key={name} class={color}>
          {values.map((value = 0, i) => {
            const height = value * scale;
            base[i] = (base[i] ?? HEIGHT) - height;
            const place = { x: i * width + 0.5, y: base[i] };
            return height === 0 ? null : (
              <rect key={i} {...place} width={width - 1} height={height} />
            );
          })}
        </g>
      ))}
    </>
  );
}

function Lines({ series, top }: { series: Series[]; top: number }) {
  const count = series[0]?.values.length ?? 1;
  const step = WIDTH / count;
  const scale = top === 0 ? 0 : (HEIGHT - 4) / top;
  return (
    <>
      {series.map(({ name, color, values }) => {
        let isDrawing = false;
        const path = values.map((value, i) => {
          if (value === undefined) return ((isDrawing = false), '');
          const [x, y] = [(i + 0.5) * step, HEIGHT - 2 - value * scale];
          const move = isDrawing ? `L${x} ${y}` : `M${x - 4} ${y}H${x + 4}`;
          isDrawing = true;
          return move;
        });
        return <path key={name} class={`line ${color}`} d={path.join('')} />;
      })}
    </>
  );
}

function ChartTable({ title, series, times, format }: Chart) {
  const rows = times
    .map((time, i) => ({ time, values: series.map(one => one.values[i]) }))
    .filter(({ values }) => values.some(value => value))
    .reverse();
  return (
    <details>
      <summary>
        As a table<span class="unseen">: {title}</span>
      </summary>
      {rows.length === 0 && <p>Nothing in this time.</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ time, values }) => (
              <tr key={time}>
                <th scope="row">{time}</th>
                {values.map((value, i) => (
                  <td key={i}>{value === undefined ? '–' : format(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
