/**
 * The codes of Even Keel's process warnings. `node --disable-warning=CODE` turns one off.
 *
 * - `EVENKEEL_CALLBACK`: a listener, or the option `exempt`, has thrown. No request failed for it. Mend the function; the
 *   warning shows its error.
 * - `EVENKEEL_IDLE_RACE`: a server closed idle connections before their clients did. Set `idleTimeout` above that of the
 *   peer in front.
 * - `EVENKEEL_OPTIONS_CONFLICT`: middleware met a server that has other options already, which stay in force. Give them in
 *   one place.
 * - `EVENKEEL_FLEET_ELEPHANT`, `EVENKEEL_FLEET_STICKY`, `EVENKEEL_FLEET_ALONE`, `EVENKEEL_FLEET_UNREACHABLE`: a fleet
 *   cannot even its load out. The warning says what helps.
 */
export type WarningCode =
  | 'EVENKEEL_CALLBACK'
  | 'EVENKEEL_IDLE_RACE'
  | 'EVENKEEL_OPTIONS_CONFLICT'
  | 'EVENKEEL_FLEET_ELEPHANT'
  | 'EVENKEEL_FLEET_STICKY'
  | 'EVENKEEL_FLEET_ALONE'
  | 'EVENKEEL_FLEET_UNREACHABLE'

/** Emits a process warning. */
export function warn(warning: string | Error, code: WarningCode): void {
  process.emitWarning(warning, { code })
}
