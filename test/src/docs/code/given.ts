/** What `app` is, by the framework whose middleware a block uses. */
const apps = {
  express: "import('express').Express",
  koa: "import('koa')",
  fastify: "import('fastify').FastifyInstance",
}

/**
 * Names that a block may use without a word: what every reader has. Functions of Even Keel are none of them: a page says
 * where they come from.
 */
const names: Readonly<Record<string, string>> = {
  server: "import('node:http').Server",
  createServer: "typeof import('node:http').createServer",
  request: "import('node:http').IncomingMessage",
  response: "import('node:http').ServerResponse",
  keel: "import('@evenkeel/node').Keel",
  fleet: "import('@evenkeel/node').Fleet",
}

/** The names of these that a block uses, each with its declaration. */
export function declarationsFor(code: string, framework: string): [name: string, text: string][] {
  const all = { ...names, app: apps[framework as keyof typeof apps] }
  return Object.entries(all)
    .filter(([name]) => uses(code, name))
    .map(([name, type]) => [name, `declare const ${name}: ${type}`])
}

/** Packages that blocks import and that are not installed here. `pnpm matrix` runs these programs. */
export const absent: readonly string[] = [
  '@as-integrations/express5',
  '@hono/node-server',
  '@trpc/server/adapters/standalone',
  'socket.io',
]

export const frameworks: readonly string[] = Object.keys(apps)

/** Whether a name stands in code, and is no property and no part of a longer word. */
export function uses(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w.'/@-])${name}\\b(?!:)`).test(code)
}
