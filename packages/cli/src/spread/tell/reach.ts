import type { Reach } from '../judge/layer.js'
import { type Finding, moveLoad } from './finding.js'

/** @param ended how many connections servers have ended meanwhile in use. */
export function tellReach(reach: Reach, ended: number): Finding {
  const check = 'a connection'
  if (reach === 'unknown')
    return {
      ...{ check, level: 'unknown', seen: 'too few had a second answer' },
      verdict: 'layer 4 or layer 7, which cannot be told',
    }
  if (reach === 'many')
    return {
      ...{ check, level: 'fine', seen: 'one connection reaches many servers' },
      verdict: 'layer 7: each request is balanced, and a new server gets its share at once',
    }
  const seen = 'one connection reaches one server'
  if (ended > 0)
    return { check, level: 'fine', seen, verdict: 'layer 4, and load moves, since servers end connections' }
  return {
    ...{ check, level: 'bad', seen },
    ...{ verdict: 'layer 4: a kept connection never moves, and a new server waits', cure: moveLoad },
  }
}
