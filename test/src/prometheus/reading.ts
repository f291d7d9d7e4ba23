import assert from 'node:assert/strict'
import { DataPointType, type Histogram, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'

/** Reads when it is told, and exports nothing. */
class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** One value, by the name of its metric and the attributes it has. */
export interface Read {
  readonly values: Record<string, number>
  readonly histograms: Record<string, Histogram>
  readonly units: Record<string, string>
}

/** A provider of meters, and what reads all that they have. */
export function reading(): { meterProvider: MeterProvider; read: () => Promise<Read> } {
  const reader = new Reader()
  const meterProvider = new MeterProvider({ readers: [reader] })
  return {
    meterProvider,
    async read() {
      const { resourceMetrics, errors } = await reader.collect()
      assert.deepEqual(errors, [])
      const all = resourceMetrics.scopeMetrics.flatMap((scope) => {
        assert.equal(scope.scope.name, '@evenkeel/prometheus')
        return scope.metrics
      })
      const values: Record<string, number> = {}
      const histograms: Record<string, Histogram> = {}
      for (const { descriptor, dataPointType, dataPoints } of all) {
        for (const { attributes, value } of dataPoints) {
          const list = Object.entries(attributes).map(([name, text]) => `${name}=${text}`)
          const key = [descriptor.name, ...list].join(' ')
          if (dataPointType === DataPointType.HISTOGRAM) histograms[key] = value as Histogram
          else values[key] = value as number
        }
      }
      return {
        values,
        histograms,
        units: Object.fromEntries(all.map((each) => [each.descriptor.name, each.descriptor.unit])),
      }
    },
  }
}
