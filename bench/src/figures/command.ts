/** The flags that change what is measured. */
const efforts = ['--rounds', '--pairs', '--requests', '--connections', '--seconds', '--only']

/** Flags with several values. */
const lists = ['--only']

/** How to measure one benchmark again, from the words with which several may have been measured. */
export function commandOf(name: string, words: readonly string[]): string {
  const effort = words.filter((_, index) => {
    const from = words.findLastIndex((word, at) => at <= index && word.startsWith('--'))
    const flag = words[from] ?? ''
    const isValue = index <= from + 1 || lists.includes(flag)
    return isValue && efforts.some((known) => flag === known || flag.startsWith(`${known}=`))
  })
  return ['pnpm bench', name, ...effort].join(' ')
}
