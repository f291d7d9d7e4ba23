import type { UploadSeen } from '../probes/upload.js'
import type { Said } from './finding.js'

const cure = 'read the rest of the upload, within a bound, before closing'

/** Judges whether a client that still sends hears the answer. */
export function judgeUpload({ isLast, status, isEarly, wasReset, saidLast, isClosed }: UploadSeen): Said {
  const check = isLast ? 'last upload' : 'upload'
  if (status === undefined) {
    return {
      check,
      level: 'bad',
      seen: wasReset ? 'cut while the client sends, without an answer' : 'ended without an answer',
      verdict: 'the answer is lost',
      cure,
    }
  }
  const answer = `${status} ${isEarly ? 'while the client still sends' : 'when all was sent'}`
  if (wasReset) {
    return {
      check,
      level: 'note',
      seen: `${answer}, then cut`,
      verdict: 'delivered here; a client further away may lose it to the reset',
      cure,
    }
  }
  if (saidLast && !isClosed) {
    return { check, level: 'note', seen: `${answer}; says close and stays open`, verdict: 'delivered' }
  }
  return { check, level: 'fine', seen: `${answer}${isClosed ? ', then closed' : ''}`, verdict: 'delivered' }
}
