import assert from 'node:assert/strict'
import { it } from 'node:test'
import { readExposition } from '#cli/plan/from/exposition'

it('samples are read with labels, times and exemplars, and everything else is left out', () => {
  const text = [
    '# HELP evenkeel_connections Connections that are open now',
    '# TYPE evenkeel_connections gauge',
    'evenkeel_connections{state="idle",app="a } b"} 12',
    'evenkeel_requests_total 1.5e3 1700000000000',
    'evenkeel_max_connections +Inf',
    'evenkeel_requests_total{server="a"} 7 # {trace="x"} 1',
    '# EOF',
    '<html>no sample</html>',
    '',
  ].join('\n')
  assert.deepEqual(readExposition(text), [
    { name: 'evenkeel_connections', value: 12 },
    { name: 'evenkeel_requests_total', value: 1_500 },
    { name: 'evenkeel_max_connections', value: Infinity },
    { name: 'evenkeel_requests_total', value: 7 },
  ])
})
