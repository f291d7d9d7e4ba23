/** A rule in the form in which Prometheus reads it. */
export interface Alert {
  readonly alert: string
  readonly expr: string
  /** How long it has to be so. Default: at once. */
  readonly for?: string
  readonly labels: { readonly severity: 'warning' | 'critical' }
  readonly annotations: { readonly summary: string; readonly description: string }
}
