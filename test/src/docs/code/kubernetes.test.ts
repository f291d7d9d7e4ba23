import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shutdownDefaults } from '@evenkeel/node'
import { blocks } from './block.js'
import { type Manifest, manifests } from './manifests.js'

const own = blocks.filter(({ page }) => page.path === 'docs/kubernetes.md')

/** The one manifest of a kind that has this name. */
function the(kind: string, name: string): Manifest['value'] {
  const found = manifests.filter((each) => each.kind === kind && each.value.metadata.name === name)
  assert.equal(found.length, 1, `${kind} ${name}`)
  return found[0]?.value
}

describe('the deployment for Kubernetes', () => {
  const pod = the('Deployment', 'orders').spec.template
  const [container] = pod.spec.containers

  it('is found by its Service, its autoscaler and its disruption budget', () => {
    const { labels } = pod.metadata
    assert.deepEqual(the('Deployment', 'orders').spec.selector.matchLabels, labels)
    assert.deepEqual(the('Service', 'orders').spec.selector, labels)
    assert.deepEqual(the('PodDisruptionBudget', 'orders').spec.selector.matchLabels, labels)
    const { apiVersion, kind, name } = the('HorizontalPodAutoscaler', 'orders').spec.scaleTargetRef
    assert.deepEqual([apiVersion, kind, name], ['apps/v1', 'Deployment', 'orders'])
    assert.equal(the('Deployment', 'orders').spec.replicas, undefined, 'the autoscaler sets it')
    assert.ok(container.resources.requests.cpu, 'the autoscaler measures against it')
  })

  it('has the port, the readiness path and the file of its program', () => {
    const [port] = container.ports
    assert.equal(the('Service', 'orders').spec.ports[0].targetPort, port.name)
    assert.equal(container.readinessProbe.httpGet.port, port.name)
    const program = own.find(({ text }) => text.includes('shutdown('))?.text ?? ''
    assert.ok(program.includes(`listen(${port.containerPort})`))
    assert.ok(program.includes(`app.get('${container.readinessProbe.httpGet.path}', probe)`))
    assert.ok(own[0]?.page.text.includes(`\`${container.command[1]}\``))
  })

  it('has a grace period of all that leaving takes, and 5 seconds to spare', () => {
    const program = own.find(({ text }) => text.includes('shutdown('))?.text ?? ''
    const within = Number(/within: ([\d_]+)/.exec(program)?.[1]?.replaceAll('_', ''))
    const leaving = within + shutdownDefaults.grace + 5_000
    const { seconds } = container.lifecycle.preStop.sleep
    assert.equal(pod.spec.terminationGracePeriodSeconds, seconds + leaving / 1_000 + 5)
  })

  it('meets in the Redis of the second file', () => {
    const variables = new Map(
      container.env.map(({ name, value }: Record<string, string>) => [name, value] as const),
    )
    const redis = the('Service', 'redis')
    assert.equal(variables.get('EVENKEEL_FLEET'), `redis://redis:${redis.spec.ports[0].port}`)
    assert.deepEqual(redis.spec.selector, the('Deployment', 'redis').spec.template.metadata.labels)
  })
})
