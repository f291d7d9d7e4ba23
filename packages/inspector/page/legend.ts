/** Names the surfaces or lines of a picture, each with its value at one moment. */
class Legend {
  readonly root: HTMLUListElement = element('ul', { class: 'legend' })
  readonly #values: HTMLElement[] = []
  readonly #draw: (() => void)[] = []

  constructor(entries: readonly Entry[], paint: (canvas: HTMLCanvasElement, entry: Entry) => void) {
    for (const entry of entries) {
      const swatch = element('canvas', { 'aria-hidden': 'true', width: '40', height: '24' })
      const value = element('span', { class: 'value' }, '–')
      this.#values.push(value)
      this.#draw.push(() => paint(swatch, entry))
      const words = element('span', {}, entry.label)
      if (entry.meaning !== '') words.append(element('small', {}, ` ${entry.meaning}`))
      this.root.append(element('li', {}, swatch, value, words))
    }
    this.draw()
  }

  draw(): void {
    for (const draw of this.#draw) draw()
  }

  show(values: readonly (number | null | undefined)[]): void {
    for (const [i, value] of this.#values.entries()) {
      const known = values[i]
      setText(value, known === null || known === undefined ? '–' : formatNumber(known))
    }
  }
}

function paintSurface(canvas: HTMLCanvasElement, style: Style): void {
  const context = canvas.getContext('2d')
  const pattern = context?.createPattern(patternTile(style), 'repeat')
  if (!context || !pattern) return
  context.fillStyle = pattern
  context.fillRect(0, 0, canvas.width, canvas.height)
}

function paintLine(canvas: HTMLCanvasElement, style: Style, dash: readonly number[]): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.setLineDash([...dash].map((length) => length * 2))
  context.lineWidth = 5
  context.strokeStyle = colourOf(style)
  line(context, 0, canvas.height / 2, canvas.width, canvas.height / 2)
}
