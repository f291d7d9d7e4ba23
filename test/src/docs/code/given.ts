/** What `app` is, by the framework whose middleware a block uses. */
const apps = {
  express: "import('express').Express",
  koa: "import('koa')",
  fastify: "import('fastify').FastifyInstance",
}

/** What is the reader's own, and needs no comment before a block. The text above the block names it. */
const names: Readonly<Record<string, string>> = {
  server: "import('node:http').Server",
  request: "import('node:http').IncomingMessage",
  response: "import('node:http').ServerResponse",
  keel: "import('@evenkeel/node').Keel",
}

/** The names of these that a block uses and does not make itself, each with its declaration. */
export function declarationsFor(code: string, framework: string): [name: string, text: string][] {
  const all = { ...names, app: apps[framework as keyof typeof apps] }
  return Object.entries(all)
    .filter(([name]) => uses(code, name) && !makes(code, name))
    .map(([name, type]) => [name, `declare const ${name}: ${type}`])
}

/** Packages that blocks import and that are not installed here. `pnpm matrix` runs these programs. */
export const absent: readonly string[] = [
  '@apollo/server',
  '@as-integrations/express5',
  '@hono/node-server',
  '@trpc/server/adapters/standalone',
  'next',
  'socket.io',
]

export const frameworks: readonly string[] = Object.keys(apps)

/** Whether a name stands in code, and is no property, no part of a longer word and no word of a comment or a text. */
function uses(code: string, name: string): boolean {
  const bare = code.replaceAll(/'[^'\n]*'/g, "''").replaceAll(/\/\/.*$/gm, '')
  return new RegExp(`(?<![\\w.-])${name}\\b(?!:)`).test(bare)
}

/** Whether code declares or imports a name, or calls a parameter of a function so. */
function makes(code: string, name: string): boolean {
  const parameters = [...code.matchAll(/\(([^()]*)\) (?:=>|\{)/g)].map(([, list = '']) => list)
  return (
    new RegExp(`\\b(?:const|let|function) ${name}\\b`).test(code) ||
    new RegExp(`^import .*\\b${name}\\b.* from `, 'm').test(code) ||
    parameters.some((list) => new RegExp(`\\b${name}\\b`).test(list))
  )
}
