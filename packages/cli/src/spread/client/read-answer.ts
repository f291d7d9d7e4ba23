import type { IncomingMessage } from 'node:http'
import type { Answer } from '../names/answer.js'

/** A server's name stands early in a body, and JSON that is longer is no word about the server. */
const mostBytes = 64 * 1024

/** Reads an answer to its end. */
export async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (bytes < mostBytes) chunks.push(chunk)
    bytes += chunk.length
  }
  return {
    status: response.statusCode ?? 0,
    headers: readHeaders(response),
    cookies: readCookies(response.headers['set-cookie'] ?? []),
    body: Buffer.concat(chunks).subarray(0, mostBytes).toString(),
  }
}

function readHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { 'set-cookie': _, ...others } = headers
  return Object.fromEntries(
    Object.entries(others).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )
}

function readCookies(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^\s*([^=;\s]+)\s*=\s*([^;]*)/.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name, value.trim()]]
    }),
  )
}
