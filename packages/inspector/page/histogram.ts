interface HistogramSettings {
  readonly title: string
  readonly hint: string
  /** Under the horizontal axis. */
  readonly unit: string
  readonly measure: Measure
}

/** Counts between successive edges, drawn at the same width each. */
interface Bars {
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  /** Where connections reach their limit: they draw it between these two. */
  readonly zone: readonly [number, number] | undefined
  /** What there is to say of them. */
  readonly summary: string
}

const room = { left: 52, right: 14, top: 8, bottom: 40, height: 190 }

/** How many connections there are of each kind. */
class Histogram {
  readonly root: HTMLElement
  readonly #settings: HistogramSettings
  readonly #picture: HTMLElement = element('div', { class: 'plot' })
  readonly #summary: HTMLElement = element('p', { class: 'summary' })
  #bars: Bars | undefined

  constructor(settings: HistogramSettings) {
    this.#settings = settings
    const { title, hint } = settings
    const heading = element('figcaption', {}, element('h3', {}, title), element('p', {}, hint))
    this.root = element('figure', {}, heading, this.#picture, this.#summary)
    new ResizeObserver(() => this.#draw()).observe(this.#picture)
  }

  show(bars: Bars): void {
    const { format } = this.#settings.measure
    const from = bars.zone?.[0]
    const isInSight = from !== undefined && from < (bars.edges.at(-1) ?? 0)
    const place = isInSight ? 'Limit (shaded)' : 'Limit, further to the right'
    const limit =
      bars.zone === undefined ? '' : ` ${place}: ${[...new Set(bars.zone)].map(format).join(' to ')}.`
    const summary = bars.summary === '' ? '' : bars.summary + limit
    this.#bars = { ...bars, summary, zone: isInSight ? bars.zone : undefined }
    setText(this.#summary, this.#bars.summary)
    this.#draw()
  }

  #draw(): void {
    const width = this.#picture.clientWidth
    if (this.#bars === undefined || width === 0) return
    if (this.#bars.counts.every((count) => count === 0)) {
      this.#picture.replaceChildren(element('p', { class: 'nothing' }, 'Nothing yet'))
      return
    }
    const { edges, counts, zone, summary } = this.#bars
    const top = Math.max(1, ...counts)
    const inner = { width: width - room.left - room.right, height: room.height - room.top - room.bottom }
    const x = (place: number): number => room.left + (place / counts.length) * inner.width
    const y = (count: number): number => room.top + inner.height * (1 - count / top)
    const parts: SVGElement[] = []
    for (const count of ticks(top)) {
      parts.push(
        drawn('line', { class: 'grid', x1: room.left, x2: width - room.right, y1: y(count), y2: y(count) }),
        drawn('text', { x: room.left - 8, y: y(count) + 4, 'text-anchor': 'end' }, formatShort(count)),
      )
    }
    if (zone !== undefined)
      parts.push(...drawZone(placeOf(zone[0], edges), placeOf(zone[1], edges), x, inner.height))
    for (const [i, count] of counts.entries()) {
      if (count === 0) continue
      const gap = inner.width / counts.length > 6 ? 1 : 0
      const bar = {
        x: x(i) + gap,
        y: y(count),
        width: x(i + 1) - x(i) - 2 * gap,
        height: room.top + inner.height - y(count),
      }
      parts.push(drawn('rect', { class: 'bar', ...bar }, drawn('title', {}, this.#describe(edges, i, count))))
    }
    const base = room.top + inner.height
    parts.push(drawn('line', { class: 'axis', x1: room.left, x2: width - room.right, y1: base, y2: base }))
    parts.push(...this.#labels(edges, x, base, inner.width))
    const middle = room.left + inner.width / 2
    parts.push(
      drawn(
        'text',
        { class: 'unit', x: middle, y: room.height - 4, 'text-anchor': 'middle' },
        this.#settings.unit,
      ),
      drawn(
        'text',
        {
          class: 'unit',
          transform: `translate(12 ${room.top + inner.height / 2}) rotate(-90)`,
          'text-anchor': 'middle',
        },
        'connections',
      ),
    )
    const { title } = this.#settings
    const size = { viewBox: `0 0 ${width} ${room.height}`, width, height: room.height }
    this.#picture.replaceChildren(
      drawn('svg', { role: 'img', 'aria-label': `${title}. ${summary}`, ...size }, ...parts),
    )
  }

  #describe(edges: readonly number[], i: number, count: number): string {
    const { format } = this.#settings.measure
    return `${format(edges[i] ?? 0)} to ${format(edges[i + 1] ?? 0)}: ${formatCount(count, 'connection')}`
  }

  /** As many edges as have room beside each other. */
  #labels(edges: readonly number[], x: (place: number) => number, base: number, width: number): SVGElement[] {
    const every = Math.ceil((edges.length * 62) / width)
    const end = room.left + width
    return edges.flatMap((edge, i) => {
      const isLast = i === edges.length - 1
      if (i % every !== 0 || (x(i) > end - 24 && !isLast)) return []
      const place = isLast
        ? { x: end + room.right, 'text-anchor': 'end' }
        : { x: x(i), 'text-anchor': 'middle' }
      return [drawn('text', { ...place, y: base + 16 }, this.#settings.measure.format(edge))]
    })
  }
}

function drawZone(from: number, to: number, x: (place: number) => number, height: number): SVGElement[] {
  const width = Math.max(2, x(to) - x(from))
  return [drawn('rect', { class: 'zone', x: Math.min(x(from), x(to) - width), y: room.top, width, height })]
}

/** Where a value stands among the edges, as a fraction of bars. */
function placeOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => edge >= value)
  if (above === -1) return edges.length - 1
  const before = edges[above - 1]
  const next = edges[above]
  if (before === undefined || next === undefined) return above
  return above - 1 + (value - before) / (next - before)
}

/** A few whole numbers up to the top. */
function ticks(top: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000].find(
    (s) => top / s <= 4,
  )
  const size = step ?? top / 4
  return Array.from({ length: Math.floor(top / size) + 1 }, (_, i) => i * size)
}
