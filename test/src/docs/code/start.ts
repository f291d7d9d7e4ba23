import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const anyPort = join(import.meta.dirname, 'any-port.cjs')

/** What a program did with one request. */
export interface Outcome {
  /** The head of its answer. */
  readonly head: string
  /** Whether Even Keel saw the connection. */
  readonly isSeen: boolean
}

/** Starts a program, sends it one request, and ends it by a signal. */
export async function start(file: string): Promise<Outcome> {
  const child = spawn(process.execPath, ['--require', anyPort, file], { stdio: ['ignore', 'pipe', 'pipe'] })
  const closed = once(child, 'close')
  const lines: string[] = []
  let complaints = ''
  child.stderr.on('data', (text) => {
    complaints += text
  })
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      if (line.startsWith('listening ')) resolve(Number(line.split(' ')[1]))
    })
    child.once('close', () => reject(new Error(`it ended before it listened: ${complaints}`)))
  })
  const head = await request(port).finally(() => child.kill('SIGTERM'))
  await closed
  return { head, isSeen: lines.includes('open') }
}

async function request(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let answer = ''
  for await (const data of socket) {
    answer += data
    if (answer.includes('\r\n\r\n')) break
  }
  return answer
}
