type Reason = import('@evenkeel/node').Reason
type Side = import('@evenkeel/node').Side | 'unknown'
type Frame = import('../src/frame.js').Frame
type Now = import('../src/frame.js').Now
type Limit = import('../src/frame.js').Limit
type OpenState = keyof import('../src/history.js').Rows['states']

/** A name, what it means, and how it is drawn. */
interface Entry<Key extends string = string> extends Style {
  readonly key: Key
  readonly label: string
  readonly meaning: string
}

const stateEntries: readonly Entry<OpenState>[] = [
  { key: 'active', label: 'active', meaning: 'a request is in flight', colour: '--blue', pattern: 'solid' },
  { key: 'idle', label: 'idle', meaning: 'waits for its next request', colour: '--sky', pattern: 'stripes' },
  { key: 'new', label: 'new', meaning: 'no request yet', colour: '--orange', pattern: 'dots' },
  {
    key: 'upgraded',
    label: 'upgraded',
    meaning: 'a WebSocket or a tunnel',
    colour: '--purple',
    pattern: 'grid',
  },
]

const reasonEntries: readonly Entry<Reason>[] = [
  {
    key: 'max-requests',
    label: 'max-requests',
    meaning: 'it served all its requests',
    colour: '--blue',
    pattern: 'solid',
  },
  { key: 'max-age', label: 'max-age', meaning: 'it reached its age', colour: '--green', pattern: 'stripes' },
  {
    key: 'idle-timeout',
    label: 'idle-timeout',
    meaning: 'the server closed it idle',
    colour: '--orange',
    pattern: 'dots',
  },
  { key: 'evicted', label: 'evicted', meaning: 'it made room', colour: '--red', pattern: 'grid' },
  { key: 'drain', label: 'drain', meaning: 'the server leaves', colour: '--purple', pattern: 'rows' },
  { key: 'manual', label: 'manual', meaning: 'the program asked for it', colour: '--grey', pattern: 'pale' },
]

const sideEntries: readonly Entry<Side>[] = [
  {
    key: 'client',
    label: 'client first',
    meaning: 'the client ended it',
    colour: '--green',
    pattern: 'stripes',
  },
  {
    key: 'server',
    label: 'server first',
    meaning: 'the server ended it, after it had said so or while it was idle',
    colour: '--blue',
    pattern: 'solid',
  },
  {
    key: 'unknown',
    label: 'not seen',
    meaning: 'both at once, or cut',
    colour: '--grey',
    pattern: 'pale',
  },
]

/** Limits that are times; others are numbers. */
const durations = new Set(['maxConnectionAge', 'maxConnectionAgeGrace', 'idleTimeout', 'quietGuard'])

/** What each limit bounds. */
const limitWords: Readonly<Record<string, string>> = {
  maxRequestsPerConnection: 'requests that one connection serves',
  maxConnectionAge: 'age at which a connection takes its last request',
  maxConnectionAgeGrace: 'how long work may outlive that age',
  jitter: 'how far below these two each connection draws its own',
  idleTimeout: 'how long a connection without a request is kept',
  tuneTimeouts: "the server's own timeouts follow idleTimeout",
  maxConnections: 'connections before idle ones make room',
  fairEviction: 'who holds the most idle ones gives up first',
  quietGuard: 'no closing for room so soon after a response',
  exempt: 'some requests do not count',
  dryRun: 'only counts what it would do',
}
