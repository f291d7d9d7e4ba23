import type { Limits } from '@evenkeel/core'
import type { RequestHead } from './options.js'
import { reportError } from './system.js'

/** Whether a request is left out of the count. If `exempt` throws, the request counts. */
export function isExempt(limits: Limits<RequestHead>, request: RequestHead): boolean {
  try {
    return limits.exempt(request)
  } catch (error) {
    reportError(error)
    return false
  }
}
