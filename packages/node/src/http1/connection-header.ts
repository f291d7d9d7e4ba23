import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'

type Value = OutgoingHttpHeader | undefined
type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[] | [string, Value][]

/** The arguments of `writeHead`: a status, perhaps a reason phrase, perhaps headers in one of three forms. */
export type WriteHeadArguments = [statusCode: number, ...rest: (string | Headers | undefined)[]]

/** Whether the connection ends with this response anyway, because the client or the application wants that. */
export function saysClose(response: ServerResponse, parameters: WriteHeadArguments): boolean {
  const options = connectionOptions(response, headersIn(parameters))
  // As in Node, a header of the application wins over the client's wish.
  if (options.length === 0) return !response.shouldKeepAlive
  return options.some((option) => option.toLowerCase() === 'close')
}

/**
 * Makes the response say `Connection: close`, once, wherever the application has set that header. It removes the
 * application's `keep-alive` and leaves other options (`upgrade`, for example). Returns the arguments for the real
 * `writeHead`. It does not change the application's objects.
 */
export function sayClose(response: ServerResponse, parameters: WriteHeadArguments): WriteHeadArguments {
  const headers = headersIn(parameters)
  const kept = connectionOptions(response, headers).filter((option) => !/^(keep-alive|close)$/i.test(option))
  const value = [...kept, 'close'].join(', ')
  response.shouldKeepAlive = false
  if (headers === undefined) {
    response.setHeader('Connection', value)
    return parameters
  }
  // Headers in `writeHead` win over earlier ones. They must keep their form: Node 20 drops duplicates from a list
  // when `setHeader` was used as well.
  return parameters.map((parameter) =>
    parameter === headers ? withConnection(headers, value) : parameter,
  ) as WriteHeadArguments
}

function headersIn([, first, second]: WriteHeadArguments): Headers | undefined {
  const headers = typeof first === 'string' ? second : (second ?? first)
  return typeof headers === 'object' && headers !== null ? headers : undefined
}

/** The options of the `Connection` header that would be sent. */
function connectionOptions(response: ServerResponse, headers: Headers | undefined): string[] {
  const given = headers === undefined ? [] : pairsOf(headers).filter(isConnection)
  const values = given.length > 0 ? given.map(([, value]) => value) : [response.getHeader('connection')]
  return values
    .flatMap((value) => String(value ?? '').split(','))
    .map((option) => option.trim())
    .filter((option) => option !== '')
}

function withConnection(headers: Headers, value: string): Headers {
  const others = pairsOf(headers).filter((pair) => !isConnection(pair))
  const pairs: [string, Value][] = [...others, ['Connection', value]]
  if (!Array.isArray(headers)) return Object.fromEntries(pairs)
  return isListOfPairs(headers) ? pairs : (pairs.flat() as OutgoingHttpHeader[])
}

function pairsOf(headers: Headers): [string, Value][] {
  if (!Array.isArray(headers)) return Object.entries(headers)
  if (isListOfPairs(headers)) return headers
  return Array.from({ length: Math.ceil(headers.length / 2) }, (_, pair) => [
    String(headers[pair * 2]),
    headers[pair * 2 + 1],
  ])
}

function isListOfPairs(headers: OutgoingHttpHeader[] | [string, Value][]): headers is [string, Value][] {
  return Array.isArray(headers[0])
}

function isConnection([name]: [string, Value]): boolean {
  return name.toLowerCase() === 'connection'
}
