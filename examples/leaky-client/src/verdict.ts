import { codesOf } from '@evenkeel/example-stage/failures'
import type { Finding } from '@evenkeel/example-stage/finding'
import { thousands } from '@evenkeel/example-stage/words'
import type { Plan } from './plan.js'
import { type Run, sum } from './run.js'

/** What both runs show. */
export function judgeRuns(plan: Plan, without: Run, withKeel: Run): Finding[] {
  return [
    tellFault(plan, without),
    judgeSockets(plan, withKeel),
    judgeFailures(withKeel),
    judgeReopened(plan, withKeel),
    tellLeaking(withKeel),
  ]
}

function tellFault({ descriptors }: Plan, { sockets, traffic }: Run): Finding {
  const failed = sum(traffic.freshFailures)
  const had = `Without Even Keel the server had up to ${thousands(sockets.most)} open sockets`
  if (failed === 0) {
    const cure = 'More --seconds, or fewer --descriptors, show how that ends.'
    return { good: true, sentence: `${had}, and nothing was there to stop them.`, cure }
  }
  const fate = `${thousands(failed)} of ${thousands(traffic.fresh)} new connections of well-behaved clients failed`
  const sentence = `${had} and ${thousands(descriptors)} descriptors; ${fate}: ${codesOf(traffic.freshFailures)}.`
  return { good: true, sentence }
}

function judgeSockets({ maxConnections }: Plan, { sockets }: Run): Finding {
  const sentence = `With Even Keel it had up to ${thousands(sockets.most)}, where ${thousands(maxConnections)} may be.`
  return { good: sockets.most <= maxConnections, sentence }
}

function judgeFailures({ traffic, sockets: { refused = 0 } }: Run): Finding {
  const { served, keptFailures, freshFailures } = traffic
  const failed = sum(keptFailures, freshFailures)
  const all = thousands(served + failed)
  if (failed === 0)
    return { good: true, sentence: `No request of a well-behaved client failed: 0 of ${all}.` }
  const codes = codesOf(keptFailures, freshFailures)
  const sentence = `${thousands(failed)} of ${all} requests of well-behaved clients failed: ${codes}.`
  const cure = `${thousands(refused)} connections were refused: give more --max-connections, or a lower --leak-rate.`
  return { good: false, sentence, ...(refused > 0 && { cure }) }
}

function judgeReopened({ apart, fairEviction, addresses }: Plan, { traffic: { reopened } }: Run): Finding {
  if (reopened === 0) {
    const each = `Each of the ${addresses.length} well-behaved clients`
    return { good: true, sentence: `${each} kept its connection from its first request to its last.` }
  }
  const sentence = `Well-behaved clients had to reopen a connection that they kept ${thousands(reopened)} times.`
  if (!apart) {
    const cure =
      'This machine has one loopback address, so the server cannot tell them from the leaking client.'
    return { good: true, sentence, cure }
  }
  return { good: false, sentence, ...(!fairEviction && { cure: 'Fair eviction was turned off.' }) }
}

function tellLeaking({ leaked, sockets: { evicted = 0, refused = 0 } }: Run): Finding {
  const opened = `The leaking client opened ${thousands(leaked.opened)} connections`
  const fate = `${thousands(evicted)} connections were evicted, ${thousands(refused)} refused`
  return { good: true, sentence: `${opened}; ${fate}.` }
}
