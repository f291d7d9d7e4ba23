import { connections } from './memory.js'

/** What a process needs beside its connections. */
const others = 100

/** The part of Node's report that tells of limits; there is none on Windows. */
interface Report {
  readonly userLimits?: { readonly open_files?: { readonly soft: number | 'unlimited' } }
}

/** @throws if a process may not hold as many connections as the benchmark has. */
export function assertDescriptors(): void {
  const { userLimits } = process.report.getReport() as Report
  const limit = userLimits?.open_files?.soft
  if (typeof limit !== 'number' || limit >= connections + others) return
  throw new Error(
    `a process may open ${limit} descriptors, and the table needs ${connections + others}: ulimit -n 20000`,
  )
}
