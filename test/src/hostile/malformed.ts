import { preface } from './frames.js'

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n'
const post = 'POST / HTTP/1.1\r\nHost: localhost\r\n'
const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n`

/** Bytes that are no HTTP/1.1 request, or one that nobody sends in good faith. In latin1. */
export const malformed: Readonly<Record<string, string>> = {
  'no method that there is': 'FROBNICATE / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'a method in lower case': 'get / HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'no version, which is HTTP/0.9': 'GET /\r\n\r\n',
  'HTTP/2.0 in plain text': `GET / HTTP/2.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n`,
  'HTTP/9.9': 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
  'the preface of HTTP/2': preface,
  'an upgrade to h2c that nobody listens for': `${get}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  'a CONNECT that nobody listens for': 'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'a response': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'the header of the PROXY protocol': `PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n${get}\r\n`,
  'the first bytes of a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'every byte there is, a hundred times': Array.from({ length: 25_600 }, (_, at) =>
    String.fromCharCode(at & 255),
  ).join(''),
  'ten thousand empty lines': '\r\n'.repeat(10_000),
  'no Host': 'GET / HTTP/1.1\r\n\r\n',
  'two Hosts': `${get}Host: other\r\n\r\n`,
  'a bare CR for each line end': `${get}\r\n`.replaceAll('\r\n', '\r'),
  'a bare LF for each line end': `${get}\r\n`.replaceAll('\r\n', '\n'),
  'a bare CR within a header': `${get}X: a\rY: b\r\n\r\n`,
  'a NUL in the path': 'GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'a NUL in a header name': `${get}X\0: 1\r\n\r\n`,
  'a NUL in a header value': `${get}X: \0\r\n\r\n`,
  'a header without a colon': `${get}nothing\r\n\r\n`,
  'a space in front of the colon': `${get}X : 1\r\n\r\n`,
  'a folded header': `${get}X: 1\r\n 2\r\n\r\n`,
  'an expectation that nobody knows': `${get}Expect: miracles\r\n\r\n`,
  'an expectation twice, without a body': `${post}Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n`,
  'all that a Connection header can say': `${get}Connection: close, keep-alive, upgrade\r\n\r\n`,
  'a length and chunks': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'chunks and a length': `${post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
  'two lengths': `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456`,
  'a length twice in one header': `${post}Content-Length: 5, 5\r\n\r\n12345`,
  'a negative length': `${post}Content-Length: -5\r\n\r\n12345`,
  'a length beyond all numbers': `${post}Content-Length: 99999999999999999999999999\r\n\r\n12345`,
  'an unknown transfer coding': `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'a coding behind chunked': `${post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
  'a chunk size that is no number': `${chunked}zz\r\n12345\r\n`,
  'a negative chunk size': `${chunked}-5\r\n12345\r\n`,
  'a chunk size beyond all numbers': `${chunked}ffffffffffffffffff\r\n12345\r\n`,
  'a chunk that is longer than it says': `${chunked}5\r\n1234567\r\n0\r\n\r\n`,
  'a chunk extension of 20 000 bytes': `${chunked}5;${'x'.repeat(20_000)}\r\n12345\r\n0\r\n\r\n`,
  'more than the length says': `${post}Content-Length: 5\r\n\r\n1234567890`,
  'less than the length says': `${post}Content-Length: 5\r\n\r\n1`,
}
