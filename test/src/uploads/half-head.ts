/** A request whose head comes in two pieces. */
export const halfHead = 'GET /ok HTTP/1.1\r\nHost: local'
export const restOfHead = 'host\r\n\r\n'
