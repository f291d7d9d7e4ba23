/** A balancer that somebody else wrote. */
export interface Balancer {
  readonly name: string
  /** Why it is left out here, for a test's `skip`. */
  readonly missing: string | false
  start(ports: readonly number[]): Promise<Running>
}

export interface Running {
  readonly url: string
  end(): Promise<void>
}
