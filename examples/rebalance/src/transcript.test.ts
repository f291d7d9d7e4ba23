import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRun } from './plan.js'
import { sampleFleet, sampleRun, sampleSeconds } from './sample.js'
import { renderTranscript } from './transcript.js'

test('what stays on a terminal: the last second of each of the 3 runs, the tables, and what was found', () => {
  const transcript = renderTranscript({
    plan: planRun({ servers: 4, seconds: 30 }),
    runs: {
      without: sampleRun({ seconds: sampleSeconds([50, 50, 0, 0], 0) }),
      limit: sampleRun({ act: 'limit', seconds: sampleSeconds([25, 25, 26, 24], 10) }),
      fleet: sampleFleet(),
    },
    findings: [{ good: true, sentence: 'It is good.' }],
  })
  const lines = transcript.split('\n')
  assert.deepEqual(
    lines.filter((line) => line.includes('second 30 of 30')).map((line) => line.replace(/.*; /, '')),
    [
      '100 requests/s, 80 connections opened',
      '100 requests/s, 370 connections opened',
      '100 requests/s, 160 connections opened',
    ],
  )
  assert.equal(lines.filter((line) => line.startsWith('┌')).length, 2)
  assert.match(transcript, /^The balancer here/)
  assert.ok(transcript.endsWith('✔ It is good.\n'))
})
