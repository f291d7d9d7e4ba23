type Plot = InstanceType<typeof uPlot>
type Options = import('uplot').Options
type Series = import('uplot').Series
type Axis = import('uplot').Axis

interface TimeChartSettings {
  readonly title: string
  /** What the vertical axis counts. */
  readonly unit: string
  readonly hint: string
  /** From the ground up where they are stacked. */
  readonly entries: readonly (Entry & { readonly read: (row: Row) => number | null })[]
  /** Surfaces on each other, or lines. */
  readonly kind: 'stacked' | 'lines'
}

const height = 210
/** A second's value holds for that second. */
const steps = uPlot.paths.stepped?.({ align: -1 }) ?? uPlot.paths.linear?.() ?? (() => null)
const dashes: readonly (readonly number[])[] = [[], [6, 4]]
const wholeSteps = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power))

/** Values over the time of day. */
class TimeChart {
  readonly root: HTMLElement
  readonly #settings: TimeChartSettings
  readonly #picture: HTMLElement
  readonly #moment: HTMLElement = element('span', { class: 'moment' })
  readonly #legend: Legend
  readonly #plot: Plot
  /** As they are, before they are stacked. */
  #columns: (number | null)[][] = []
  #times: number[] = []

  constructor(settings: TimeChartSettings) {
    this.#settings = settings
    const { title, hint, entries, kind } = settings
    this.#picture = element('div', { class: 'plot', role: 'img' })
    this.#legend = new Legend(entries, (canvas, entry) =>
      kind === 'stacked'
        ? paintSurface(canvas, entry)
        : paintLine(canvas, entry, dashes[entries.findIndex(({ key }) => key === entry.key)] ?? []),
    )
    const heading = element('figcaption', {}, element('h3', {}, title), element('p', {}, hint))
    this.root = element('figure', {}, heading, this.#picture, this.#moment, this.#legend.root)
    this.#plot = new uPlot(this.#options(), [[]], this.#picture)
    new ResizeObserver(() => this.#plot.setSize({ width: this.#picture.clientWidth, height })).observe(
      this.#picture,
    )
    onColours.push(() => {
      this.#legend.draw()
      this.#plot.redraw(false, true)
    })
  }

  show(seconds: Seconds): void {
    this.#times = seconds.times()
    this.#columns = this.#settings.entries.map(({ read }) => seconds.column(read))
    const drawn = this.#settings.kind === 'stacked' ? stack(this.#columns) : this.#columns
    this.#plot.setData([this.#times, ...drawn])
    this.#tell()
  }

  /** The values under the pointer, or the last ones. */
  #tell(): void {
    const pointed = this.#plot.cursor.idx ?? undefined
    const at = pointed ?? this.#times.length - 1
    const values = this.#columns.map((column) => column[at])
    this.#legend.show(values)
    const time = this.#times[at]
    if (time === undefined) return
    setText(this.#moment, pointed === undefined ? `Now (${formatClock(time)})` : `At ${formatClock(time)}`)
    const { title, unit, entries } = this.#settings
    const parts = entries.map(({ label }, i) => `${label} ${formatNumber(values[i] ?? 0)}`)
    this.#picture.setAttribute('aria-label', `${title}, ${unit}, now: ${parts.join(', ')}`)
  }

  #options(): Options {
    const { entries, kind } = this.#settings
    const stacked = kind === 'stacked'
    const series = entries.map((entry, i): Series => {
      const fill = (plot: Plot): CanvasRenderingContext2D['fillStyle'] =>
        plot.ctx.createPattern(patternTile(entry), 'repeat') ?? colourOf(entry)
      return {
        label: entry.label,
        stroke: () => colourOf(entry),
        width: stacked ? 1 : 2,
        points: { show: false },
        ...(stacked ? { fill, paths: steps } : { dash: [...(dashes[i] ?? [])] }),
      }
    })
    return {
      width: 300,
      height,
      legend: { show: false },
      padding: [12, 12, 0, 0],
      cursor: { sync: { key: 'seconds' }, drag: { x: false, y: false }, points: { show: !stacked } },
      scales: { y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.08)] } },
      axes: [
        axis({ label: 'time of day', size: 30, values: (_plot, times) => times.map(formatClock), space: 80 }),
        axis({
          label: this.#settings.unit,
          size: 46,
          incrs: wholeSteps,
          values: (_plot, values) => values.map(formatShort),
        }),
      ],
      // The highest surface first, so that those below are laid over it.
      series: [{}, ...(stacked ? series.reverse() : series)],
      hooks: { setCursor: [() => this.#tell()] },
    }
  }
}

function axis(more: Axis): Axis {
  const quiet = { stroke: () => colourOf({ colour: '--line' }), width: 1 }
  return {
    stroke: () => colourOf({ colour: '--quiet' }),
    grid: quiet,
    ticks: quiet,
    font: '12px system-ui, sans-serif',
    labelFont: '12px system-ui, sans-serif',
    labelSize: 16,
    labelGap: 0,
    ...more,
  }
}

/** The tops of the surfaces, the highest first. */
function stack(columns: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const tops: (number | null)[][] = []
  for (const column of columns) {
    const below = tops[0]
    tops.unshift(
      column.map((value, i) => (value === null ? (below?.[i] ?? null) : value + (below?.[i] ?? 0))),
    )
  }
  return tops
}
