import { nodesOf, type Page, pages } from './pages.js'

/** Words of Node, of Kubernetes, of other packages, and of what the command prints as JSON. */
const foreign = [
  'appRouter',
  'createServer',
  'disableOfflineQueue',
  'enableOfflineQueue',
  'endedIdle',
  'livenessProbe',
  'maxRequestsPerSocket',
  'preClose',
  'preStop',
  'readinessProbe',
  'requestTimeout',
  'setHeader',
  'setInterval',
  'skipLibCheck',
  'startStandaloneServer',
  'terminationGracePeriodSeconds',
]

const entries = ['core', 'node', 'express', 'koa', 'fastify', 'fleet', 'prometheus', 'inspector']
const exported = await Promise.all(entries.map((name) => import(`@evenkeel/${name}`)))

/** Every option, member and field of the reference, and what the packages export. */
const known = new Set([
  ...foreign,
  ...exported.flatMap((names) => Object.keys(names)),
  ...pages
    .filter(({ path }) => path === 'docs/reference.md')
    .flatMap(({ text }) => [...text.matchAll(/`([A-Za-z]\w*)(?:\([^`]*\))?`/g)].map(([, word = '']) => word)),
])

/** An option such as `maxConnections: 5000`, a call, or a member of a keel or a snapshot. */
const patterns = [
  /^([a-z]+(?:[A-Z]\w*)+)(?:\(.*\)|: .*)?$/,
  /^(?:keel|totals|keel\.snapshot\(\)(?:\.totals|\.fleet)?)\.(\w+)/,
]

/** The words in code style on a page that are neither ours nor known to be another's. */
export function unknownWords(page: Page): string[] {
  return nodesOf(page, 'inlineCode').flatMap(({ value }) =>
    patterns.flatMap((pattern) => {
      const word = pattern.exec(value)?.[1]
      return word === undefined || known.has(word) ? [] : [word]
    }),
  )
}
