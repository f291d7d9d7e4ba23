type Reason = import('@evenkeel/node').Reason
type Side = import('@evenkeel/node').Side | 'unknown'
type Frame = import('../src/frame.js').Frame
type Now = import('../src/frame.js').Now
type FleetNow = import('../src/fleet.js').FleetNow
type FleetState = FleetNow['status']['state']
type Members = import('../src/members.js').Members
type MemberRow = import('../src/members.js').MemberRow
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

/** What each reason means: the compiler asks for all of them. */
const reasonWords: Readonly<Record<Reason, Omit<Entry, 'key' | 'label'>>> = {
  'max-requests': { meaning: 'it served all its requests', colour: '--blue', pattern: 'solid' },
  'max-age': { meaning: 'it reached its age', colour: '--green', pattern: 'stripes' },
  'idle-timeout': { meaning: 'the server closed it idle', colour: '--orange', pattern: 'dots' },
  evicted: { meaning: 'it made room', colour: '--red', pattern: 'grid' },
  drain: { meaning: 'the server leaves', colour: '--purple', pattern: 'rows' },
  fleet: { meaning: 'the server had more than its fair share', colour: '--sky', pattern: 'dots' },
  manual: { meaning: 'the program asked for it', colour: '--grey', pattern: 'pale' },
}

const reasonEntries: readonly Entry<Reason>[] = (Object.keys(reasonWords) as Reason[]).map((reason) => ({
  ...reasonWords[reason],
  key: reason,
  label: reason,
}))

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

/** What a server makes of its fleet. */
const fleetWords: Readonly<Record<FleetState, string>> = {
  joining: 'this server has not heard of the others yet.',
  even: 'this server has its fair share of the load, or is not above it by more than chance and tolerance.',
  shedding: 'this server has more than its fair share of the load, and connections leave it.',
  elephant:
    'this server has more than its fair share of the load, and each connection carries more than the surplus.',
  sticky:
    'this server has more than its fair share of the load, and what it sheds comes back. It rests, and tries again now and then.',
  alone: 'this server has been the only member for minutes.',
  unreachable: 'the store of the fleet has not answered for three intervals.',
}

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
  fleet: 'the load is shared with other servers',
  dryRun: 'only counts what it would do',
}
