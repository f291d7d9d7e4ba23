import type { Expected } from './diagnosis.js'

/** Lines that many servers share. */
export const kept: Expected = ['keep-alive', 'fine', /^200, then a second answer/, /^kept alive$/]
export const noHint: Expected = ['hint', 'note', /^no Keep-Alive/, /cannot know/]
export const tooShort: Expected = [
  'idle timeout',
  'bad',
  /^closed by FIN after \d/,
  /lost behind every known peer/,
]
export const tooShortHttp2: Expected = [
  'idle timeout',
  'bad',
  /^closed by GOAWAY after \d/,
  /behind every known peer/,
]
export const neverIdle: Expected = [
  'idle timeout',
  'unknown',
  /^3 idle connections open after/,
  /no idle timeout so far/,
]
export const noCount: Expected = [
  'requests',
  'note',
  /^60 requests on each of 3 connections, not ended/,
  /^no limit/,
]
export const noAge: Expected = ['age', 'note', /^in use for .* not ended$/, /^no limit/]
export const count20: Expected = [
  'requests',
  'note',
  /^response 20 says that it is the last, on 3 of 3 connections$/,
  /^polite; the same count for every connection/,
]
export const answersAll: Expected = [
  'pipelining',
  'fine',
  /^5 requests at once: 5 answered$/,
  /^all answered$/,
]
export const unansweredLast: Expected = [
  'pipelining',
  'unknown',
  /^6 requests at once: 1 answered, 5 not answered$/,
  /behind a response that says close; whether it was executed cannot be seen/,
]
export const takesUploads: Expected = [
  'upload',
  'fine',
  /^200 (while the client still sends|when all was sent)$/,
  /^delivered$/,
]
export const takesLastUploads: Expected = ['last upload', 'fine', /^200 .*, then closed$/, /^delivered$/]
/** Whether streams are under way when it comes is a matter of time. None may be lost. */
export const endsByGoaway: Expected = [
  'goaway',
  'note or fine',
  /^\d+ streams until GOAWAY: \d+ answered(, \d+ refused)?$/,
  /^(may be repeated|nothing refused)/,
]
