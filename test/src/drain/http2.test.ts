import { ends } from './http2-ends.js'
import { kinds } from './http2-serving.js'
import { sessions } from './http2-sessions.js'

for (const kind of kinds) {
  sessions(kind)
  ends(kind)
}
