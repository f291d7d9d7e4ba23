/** Why something that looks like a measured figure is none. */
type Why = 'setting' | 'computed' | 'definition' | 'method' | 'section' | 'example'

/** What stands on a page without being quoted, by page. A test misses an entry that no page needs any more. */
export const allowed: Readonly<Record<string, Readonly<Record<string, Why>>>> = {
  'README.md': { '80 %': 'setting', '100 %': 'setting' },
  'bench/README.md': {
    '100 times': 'method',
    '32 MB': 'method',
    '99 of 100': 'definition',
    '1 millisecond': 'method',
    '2 of 7': 'method',
    '19 of 20': 'definition',
  },
  'docs/choosing-limits.md': {
    '0.1': 'example',
    '3.3': 'computed',
    '0.4': 'computed',
    '80 %': 'setting',
    '100 %': 'setting',
    '0.9': 'computed',
    '5.6': 'computed',
    '7.4': 'computed',
  },
  'docs/how-it-works.md': { '80 %': 'setting', '100 %': 'setting' },
  'docs/leaks-and-floods.md': { '500 ms': 'setting' },
  'docs/leaving.md': { '500 ms': 'setting' },
  'docs/metrics.md': { '1.5 times': 'setting' },
  'docs/peers.md': {
    '99 of 100': 'definition',
    '19 of 20': 'definition',
    '20 %': 'setting',
    '12 bytes': 'method',
  },
  'docs/questions.md': { '9.6': 'section', '300 milliseconds': 'example' },
  'docs/reference.md': {
    '0.2': 'setting',
    '0.076': 'computed',
    '0.27': 'computed',
    '99 of 100': 'definition',
  },
  'examples/leaky-client/README.md': { '200 ms': 'method' },
  'examples/rebalance/README.md': { '0.5': 'definition', '5 %': 'setting' },
  'examples/rolling-deploy/README.md': { '10 ms': 'method', '200 ms': 'method' },
  'packages/cli/README.md': {
    '512 kB': 'method',
    '60 of 100': 'method',
    '100 ms': 'method',
    '99 of 100': 'definition',
    '1 %': 'setting',
    '0.46ms': 'setting',
  },
  'packages/fleet/README.md': { '0.05': 'setting' },
}
