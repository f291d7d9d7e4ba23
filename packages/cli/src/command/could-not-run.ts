/** Why a command cannot do its work, and what to do about it. It ends the command with exit code 2. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun'
  readonly cure: string

  /** @param fault what is wrong, as a clause that names the argument and its value. */
  constructor(fault: string, cure: string) {
    super(fault)
    this.cure = cure
  }
}
