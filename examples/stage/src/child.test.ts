import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Child, type Start } from './child.js'
import type { Answer, Command } from './sample-child.js'

test('a process is asked for the double of 21, and the answer is 42', async (t) => {
  const child = await start(t)
  assert.deepEqual(await child.ask({ type: 'double', number: 21 }, 'doubled'), {
    type: 'doubled',
    number: 42,
  })
})

test('a process has its parameters, and the command line that it is given', async (t) => {
  const child = begin(t, { parameters: ['4', 'true'], command: [process.execPath, '--no-warnings'] })
  const { parameters, flags, isWorker } = await child.answer('started')
  assert.deepEqual([parameters, flags, isWorker], [['4', 'true'], ['--no-warnings'], false])
})

test('a worker of a cluster has its parameters, is asked like any process, and is gone when it is ended', async (t) => {
  const child = begin(t, { parameters: ['4'], inCluster: true })
  const { parameters, isWorker } = await child.answer('started')
  assert.deepEqual([parameters, isWorker], [['4'], true])
  assert.equal((await child.ask({ type: 'double', number: 21 }, 'doubled')).number, 42)
  await child.end()
  await assert.rejects(child.answer('doubled'), /\(exit code 0\)/)
})

test('a process that ends before its answer is told, with its exit code, and so is one that had ended', async (t) => {
  const child = await start(t)
  const told = { message: 'the sample-child process ended in the middle of the run (exit code 3)' }
  await assert.rejects(child.ask({ type: 'fail' }, 'doubled'), told)
  await assert.rejects(child.answer('doubled'), told)
  await child.end()
})

test('a process that is ended is gone when that resolves', async (t) => {
  const child = await start(t)
  await child.end()
  await assert.rejects(child.answer('doubled'), /\(exit code 0\)/)
})

test('a process that is told to leave ends by SIGTERM', async (t) => {
  const child = await start(t)
  child.terminate()
  await assert.rejects(child.answer('doubled'), /\(SIGTERM\)/)
})

async function start(t: TestContext): Promise<Child<Command, Answer>> {
  const child = begin(t)
  await child.answer('started')
  return child
}

function begin(t: TestContext, how?: Start): Child<Command, Answer> {
  const child: Child<Command, Answer> = new Child(new URL('sample-child.js', import.meta.url), how)
  t.after(() => child.end())
  return child
}
