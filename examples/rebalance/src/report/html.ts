import { escapeUTF8 } from 'entities'

/** Markup, as opposed to text. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Part[]

/** Markup from a template: what is put into it is text, and escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(render)))
}

/** JSON for a `<script type="application/json">`, which nothing in it can end. */
export function embed(json: string): Html {
  // Only inside of strings can JSON have this sign.
  return new Html(json.replaceAll('<', '\\u003c'))
}

function render(part: Part): string {
  if (part instanceof Html) return part.text
  return typeof part === 'object' ? part.map(render).join('') : escapeUTF8(String(part))
}
