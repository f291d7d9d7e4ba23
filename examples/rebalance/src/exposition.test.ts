import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExposition } from './exposition.js'

test('comments and empty lines are left out, labels and values are read', () => {
  const text = [
    '# HELP up Whether it is',
    '# TYPE up gauge',
    'up 1',
    '',
    'requests_total{method="post",code="200"} 1027 1395066363000',
    'age_seconds_bucket{le="+Inf"} 3',
    'temperature -1.5e3',
    'limit +Inf',
    '',
  ].join('\n')
  assert.deepEqual(parseExposition(text), [
    { name: 'up', labels: {}, value: 1 },
    { name: 'requests_total', labels: { method: 'post', code: '200' }, value: 1027 },
    { name: 'age_seconds_bucket', labels: { le: '+Inf' }, value: 3 },
    { name: 'temperature', labels: {}, value: -1500 },
    { name: 'limit', labels: {}, value: Infinity },
  ])
})

test('quotes, backslashes, line ends, commas and braces in a label are part of it', () => {
  const [sample] = parseExposition(String.raw`x{a="say \"hi\", {b=\"c\"}",path="C:\\new\nline"} 1`)
  assert.deepEqual(sample?.labels, { a: 'say "hi", {b="c"}', path: 'C:\\new\nline' })
})

test('a line of something else is an error that shows it', () => {
  assert.throws(() => parseExposition('<html>'), /no sample of Prometheus' format: <html>/)
})
