/**
 * Plays each variant once in every round, and begins each round with another one, so that whatever else the
 * machine does meets all of them. Returns what each variant came to, round by round.
 */
export async function playRounds<Variant, Result>(
  variants: readonly Variant[],
  rounds: number,
  play: (variant: Variant, round: string) => Promise<Result>,
): Promise<Result[][]> {
  const results = variants.map((variant) => ({ variant, played: [] as Result[] }))
  for (let round = 0; round < rounds; round++) {
    const first = round % results.length
    for (const { variant, played } of [...results.slice(first), ...results.slice(0, first)])
      played.push(await play(variant, `round ${round + 1} of ${rounds}`))
  }
  return results.map(({ played }) => played)
}
