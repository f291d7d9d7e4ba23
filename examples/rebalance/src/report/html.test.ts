import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embed, Html, html } from './html.js'

test('text is escaped in an element and in an attribute, markup is not', () => {
  const hostile = `<script>alert("it's")</script> & more`
  const { text } = html`<p title="${hostile}">${[hostile, 7, html`<b>${'<'}</b>`]}</p>`
  const escaped = '&lt;script&gt;alert(&quot;it&apos;s&quot;)&lt;/script&gt; &amp; more'
  assert.equal(text, `<p title="${escaped}">${escaped}7<b>&lt;</b></p>`)
})

test('nothing in JSON can end the element that holds it, and it still says the same', () => {
  const value = { code: '</script><!--<script>', plain: 'a < b' }
  const embedded = embed(JSON.stringify(value))
  assert.ok(embedded instanceof Html)
  assert.doesNotMatch(embedded.text, /</)
  assert.deepEqual(JSON.parse(embedded.text), value)
})
