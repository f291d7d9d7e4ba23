import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { binomialTail, chiSquareTail } from '#cli/spread/judge/chance'
import { judgeEvenness } from '#cli/spread/judge/evenness'

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: critical values of the chi-square distribution.
const critical: readonly (readonly [degrees: number, tail: number, chiSquare: number])[] = [
  [1, 0.1, 2.706],
  [1, 0.05, 3.841],
  [1, 0.001, 10.828],
  [2, 0.01, 9.21],
  [3, 0.05, 7.815],
  [4, 0.001, 18.467],
  [9, 0.1, 14.684],
  [10, 0.025, 20.483],
  [50, 0.05, 67.505],
  [100, 0.001, 149.449],
]

describe('the tail of the chi-square distribution', () => {
  for (const [degrees, tail, chiSquare] of critical)
    it(`is ${tail} at ${chiSquare} with ${degrees} degrees of freedom`, () => {
      const found = chiSquareTail(chiSquare, degrees)
      assert.ok(Math.abs(found - tail) < tail * 0.002, `${found}`)
    })

  it('is 1 at 0, and 0 far out', () => {
    assert.equal(chiSquareTail(0, 3), 1)
    assert.ok(chiSquareTail(2_000, 3) < 1e-300)
  })

  it('is exp(-x / 2) with 2 degrees of freedom', () => {
    for (let x = 0.25; x < 40; x += 0.25)
      assert.ok(Math.abs(chiSquareTail(x, 2) / Math.exp(-x / 2) - 1) < 1e-10, `${x}`)
  })
})

describe('the tail of the binomial distribution', () => {
  it('is 11 of 1,024 for 9 heads or more of 10', () => {
    assert.ok(Math.abs(binomialTail(9, 10, 0.5) - 11 / 1_024) < 1e-12)
  })

  it('is 1 for none or more, and the power for all', () => {
    assert.equal(binomialTail(0, 10, 0.3), 1)
    assert.ok(Math.abs(binomialTail(10, 10, 0.3) / 0.3 ** 10 - 1) < 1e-10)
  })
})

describe('evenness', () => {
  it('has a chi-square of 4 for 60 and 40 of 100, which chance makes 4.6 times of 100', () => {
    const { chiSquare, degrees, probability, hottest } = judgeEvenness([60, 40]) ?? assert.fail()
    assert.deepEqual([chiSquare, degrees, hottest], [4, 1, 1.2])
    assert.equal(probability.toFixed(3), '0.046')
  })

  it('is not judged with 4 for each server, or with 1 server', () => {
    assert.equal(judgeEvenness([4, 4, 4]), undefined)
    assert.equal(judgeEvenness([100]), undefined)
  })
})
