interface Notice {
  readonly kind: 'news' | 'warning'
  readonly title: string
  readonly text: string
}

/** What is out of the ordinary, and what to do about it. */
function noticesFor(now: Now | undefined): Notice[] {
  if (now === undefined) {
    const text =
      'There is one from the first request on that reaches the middleware. This page comes to life by itself.'
    return [{ kind: 'news', title: 'No keel yet.', text }]
  }
  const { totals, limits, draining, ready, fleet } = now
  const notices: (Notice | false)[] = [
    limits.dryRun === true && {
      kind: 'news',
      title: 'Dry run.',
      text: 'Even Keel closes nothing. Retirements on this page are what its limits would do; the server goes on as without it.',
    },
    (draining !== undefined || !ready) && {
      kind: 'news',
      title: ready ? 'Draining.' : 'Leaving.',
      text: leavingText(now),
    },
    fleet?.cure !== undefined && {
      kind: fleet.status.state === 'alone' ? 'news' : 'warning',
      title: `${sentence(fleet.status.state)}: ${fleetWords[fleet.status.state]}`,
      text: `${sentence(fleet.cure)}.`,
    },
    totals.idleCloses.server > 0 && {
      kind: 'warning',
      title: `${formatCount(totals.idleCloses.server, 'idle connection')} ended by the server first.`,
      text: 'Each may have met a request on its way, which its client then lost. Set idleTimeout above the time for which clients, or the balancer in front, keep idle connections: idleTimeoutBehind(…) knows that time. For evictions: raise maxConnections.',
    },
    totals.destroyed > 0 && {
      kind: 'warning',
      title: `${formatCount(totals.destroyed, 'connection')} cut with work in flight.`,
      text: 'Raise maxConnectionAgeGrace, or let long handlers end by themselves on retireSignal(request).',
    },
    totals.refused > 0 && {
      kind: 'warning',
      title: `${formatCount(totals.refused, 'connection')} refused.`,
      text: 'All places were taken by connections in use. Raise maxConnections, or add servers.',
    },
    totals.late > 0 && {
      kind: 'warning',
      title: `${formatCount(totals.late, 'request')} came late.`,
      text: 'They came behind the last response of their connection and were not handed to the program, so their clients can safely send them again: clients that pipeline, or overlook Connection: close.',
    },
  ]
  return notices.filter((notice) => notice !== false)
}

function leavingText({ draining, ready }: Now): string {
  const leaving = ready
    ? ''
    : ' The server leaves: it is out of service, and new connections serve one request each.'
  if (draining === undefined) return leaving.trim()
  const { connections, fraction } = draining
  const share = fraction < 1 ? `, ${formatNumber(fraction * 100)} % of all` : ''
  return `${formatCount(connections, 'connection')}${share}, are being retired, a few at a time.${leaving}`
}

/** Shown anew only when something has changed: a screen reader would read it all again. */
class Notices {
  readonly #root: HTMLElement
  #shown = ''

  constructor(root: HTMLElement) {
    this.#root = root
  }

  show(notices: readonly Notice[]): void {
    const text = JSON.stringify(notices)
    if (text === this.#shown) return
    this.#shown = text
    this.#root.replaceChildren(
      ...notices.map(({ kind, title, text }) =>
        element(
          'p',
          { class: `notice ${kind}` },
          element('span', { class: 'sign', 'aria-hidden': 'true' }, kind === 'warning' ? '⚠' : 'ℹ'),
          element('span', {}, element('strong', {}, title), ` ${text}`),
        ),
      ),
    )
  }
}
