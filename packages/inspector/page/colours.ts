/** How a surface is filled: told apart without colours too. */
type Pattern = 'solid' | 'stripes' | 'dots' | 'grid' | 'rows' | 'pale'

interface Style {
  /** A custom property of page.css, which knows light and dark. */
  readonly colour: string
  readonly pattern: Pattern
}

/** The value of a custom property now. */
function colourOf({ colour }: Pick<Style, 'colour'>): string {
  return getComputedStyle(document.documentElement).getPropertyValue(colour).trim()
}

const tile = 8

/** One tile of a pattern; its ground is opaque, so that surfaces can be laid over each other. */
function patternTile({ colour, pattern }: Style): HTMLCanvasElement {
  const scale = Math.ceil(devicePixelRatio)
  const canvas = element('canvas', { width: `${tile * scale}`, height: `${tile * scale}` })
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  context.scale(scale, scale)
  context.fillStyle = colourOf({ colour: '--surface' })
  context.fillRect(0, 0, tile, tile)
  context.fillStyle = colourOf({ colour })
  context.strokeStyle = context.fillStyle
  context.globalAlpha = pattern === 'pale' ? 0.25 : pattern === 'solid' ? 0.85 : 0.4
  context.fillRect(0, 0, tile, tile)
  context.globalAlpha = 1
  context.lineWidth = 1.5
  ink[pattern](context)
  return canvas
}

const ink: Readonly<Record<Pattern, (context: CanvasRenderingContext2D) => void>> = {
  solid() {},
  pale() {},
  stripes(context) {
    for (const offset of [-tile, 0, tile]) line(context, offset, tile, offset + tile, 0)
  },
  dots(context) {
    for (const [x, y] of [
      [2, 2],
      [6, 6],
    ] as const) {
      context.beginPath()
      context.arc(x, y, 1.3, 0, 2 * Math.PI)
      context.fill()
    }
  },
  grid(context) {
    line(context, 0, tile / 2, tile, tile / 2)
    line(context, tile / 2, 0, tile / 2, tile)
  },
  rows(context) {
    line(context, 0, 2, tile, 2)
    line(context, 0, 6, tile, 6)
  },
}

function line(context: CanvasRenderingContext2D, x: number, y: number, toX: number, toY: number): void {
  context.beginPath()
  context.moveTo(x, y)
  context.lineTo(toX, toY)
  context.stroke()
}

/** What to draw anew when the colours change. */
const onColours: (() => void)[] = []
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  for (const draw of onColours) draw()
})
