import type { Message, Request } from './message.js'
import type { Script, Settings, Step } from './script.js'

/** A script that has found a fault once. */
export interface Case {
  readonly name: string
  readonly script: Script
  readonly todo?: string
}

const settings: Settings = {
  upgrade: 'none',
  connect: 'none',
  checkContinue: 'none',
  checkExpectation: 'none',
  clientError: 'none',
  halfOpen: false,
  maxRequestsPerSocket: 0,
}

const request = (method: string, act: string, more: Partial<Request> = {}): Message => ({
  kind: 'request',
  method,
  act,
  origin: '',
  version: 'HTTP/1.1',
  headers: ['Host: a'],
  body: { kind: 'none' },
  ...more,
})

const send = (message: Message, joined = false): Step => ({ kind: 'send', message, joined, cuts: [] })
const script = (steps: Step[], more: Partial<Settings> = {}): Script => ({
  settings: { ...settings, ...more },
  requests: 1,
  steps,
})

const hello: Partial<Request> = { body: { kind: 'length', length: 5, sent: 5 } }
const upload: Partial<Request> = { body: { kind: 'length', length: 70_000, sent: 70_000 } }
const chunked: Partial<Request> = {
  body: { kind: 'chunked', chunks: [1], extension: '', trailer: '', end: '0\r\n\r\n' },
}

export const cases: readonly Case[] = [
  {
    name: 'answers that Node makes by itself in front of and behind the last one end no process',
    script: script([
      send(request('GET', 'now', { headers: [] }), true),
      send(request('POST', 'flush-timer', hello), true),
      send(request('GET', 'now', { headers: ['Host: a', 'Expect: weird'] })),
    ]),
  },
  {
    name: 'a tunnel outlives the answer to a request in front of it',
    script: script(
      [
        send(request('GET', 'later'), true),
        send(request('GET', 'now', { headers: ['Host: a', 'Connection: Upgrade', 'Upgrade: test'] })),
        { kind: 'retire' },
        { kind: 'release', number: 0 },
        send({ kind: 'noise', text: 'in the tunnel' }),
      ],
      { upgrade: 'echo' },
    ),
  },
  {
    name: 'no 100 Continue is written behind the mark',
    script: script([
      send(request('POST', 'now', chunked), true),
      send(request('GET', 'now', { headers: ['Host: a', 'Expect: 100-continue'], ...chunked })),
    ]),
  },
  {
    name: 'a clientError behind an end of the application itself is told',
    script: script(
      [send(request('GET', 'end-socket')), send({ kind: 'noise', text: 'GET / HTTP\r\n\r\n' })],
      {
        clientError: 'answer',
      },
    ),
  },
  {
    name: 'nothing behind the mark is executed when the server is detached meanwhile',
    script: script([send(request('GET', 'now')), { kind: 'detach' }, send(request('GET', 'now'))]),
  },
  {
    name: 'the last answer is marked when the server is detached behind a late request',
    script: script([
      send(request('GET', 'later')),
      send(request('GET', 'now')),
      { kind: 'detach' },
      { kind: 'release', number: 0 },
    ]),
  },
  {
    name: 'a late upload that Node refuses by itself does not keep the connection from its end',
    script: script([send(request('GET', 'now')), send(request('POST', 'now', { headers: [], ...upload }))]),
  },
  {
    name: 'nothing behind the mark is executed when the server is detached while the marked answer is sent',
    script: script([send(request('GET', 'flush')), { kind: 'detach' }, send(request('GET', 'now'))]),
  },
  {
    name: 'a broken request behind the mark resets nobody who is still sending',
    script: script([
      send(request('POST', 'stream-twice', upload)),
      send(request('POST', 'now', { headers: ['Host: a', 'X: \0'], ...upload })),
    ]),
  },
]
