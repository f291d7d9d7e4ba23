/** A metric of an exposition, as far as its rules go. */
interface Family {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly labels: readonly string[]
}

type Rule = (family: Family) => string | false

const base = new Set([
  'amperes',
  'bytes',
  'celsius',
  'grams',
  'joules',
  'kelvin',
  'meters',
  'metres',
  'seconds',
  'volts',
])
const others =
  'minutes hours days weeks kelvins fahrenheit rankine inches yards miles bits calories pounds ounces'
const prefixes =
  /^(pico|nano|micro|milli|centi|deci|deca|hecto|kilo|kibi|mega|mibi|giga|gibi|tera|tebi|peta|pebi)(?=.)/
const abbreviations = 's ms us ns sec b kb mb gb tb pb m h d'

const words = ({ name }: Family): string[] => name.toLowerCase().split('_')
const camelCase = /[a-z][A-Z]/

/** What `promtool check metrics` complains about (client_golang, `prometheus/testutil/promlint`). */
const rules: readonly Rule[] = [
  ({ help }) => help === '' && 'no help text',
  ({ type, name }) => type === 'counter' && !name.endsWith('_total') && 'counters end in _total',
  ({ type, name }) => type !== 'counter' && name.endsWith('_total') && 'only counters end in _total',
  ({ type, name }) =>
    type !== 'histogram' &&
    /_(bucket|count|sum)$/.test(name) &&
    '_bucket, _count and _sum are for histograms',
  ({ type, labels }) => type !== 'histogram' && labels.includes('le') && 'the label le is for histograms',
  ({ labels }) => labels.includes('quantile') && 'the label quantile is for summaries',
  (family) =>
    words(family)
      .slice(1)
      .some((word) => /^(counter|gauge|summary|histogram)$/.test(word)) && 'type in name',
  ({ name }) => name.includes(':') && 'a colon is for recording rules',
  ({ name, labels }) => [name, ...labels].some((word) => camelCase.test(word)) && 'snake_case, not camelCase',
  (family) => {
    const unit = words(family).find((word) => {
      const bare = word.replace(prefixes, '')
      return [word, bare].some((each) => base.has(each) || others.split(' ').includes(each))
    })
    return unit !== undefined && !base.has(unit) && `${unit} is no base unit`
  },
  (family) =>
    words(family)
      .slice(1)
      .some((word) => abbreviations.split(' ').includes(word)) && 'an abbreviated unit',
]

/** What is wrong with the metrics of a text for Prometheus. */
export function lint(text: string): string[] {
  return familiesOf(text).flatMap((family) =>
    rules.flatMap((rule) => {
      const problem = rule(family)
      return problem === false ? [] : [`${family.name}: ${problem}`]
    }),
  )
}

function familiesOf(text: string): Family[] {
  return [...text.matchAll(/^# HELP (\S+) ?(.*)\n# TYPE \S+ (\S+)\n((?:(?!#).*\n?)*)/gm)].map(
    ([, name = '', help = '', type = '', samples = '']) => ({
      name,
      help,
      type,
      labels: [...new Set([...samples.matchAll(/(\w+)="/g)].map(([, label = '']) => label))],
    }),
  )
}
