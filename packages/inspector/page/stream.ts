type Status = 'connecting' | 'live' | 'reconnecting' | 'refused' | 'displaced' | 'resting'

const statusWords: Readonly<Record<Status, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  refused: 'No answer. Trying again…',
  displaced: 'Another viewer took this place. Reload to look again.',
  resting: 'Resting while nobody looks',
}

/** How long to wait before another try, in milliseconds, and how long a hidden page stays connected. */
const pause = 1000
const longPause = 3000
const hiddenFor = 20_000

/** The page's stream: it comes back by itself, and rests while the page is hidden. */
class Stream {
  readonly #show: (frame: Frame) => void
  readonly #tell: (status: Status) => void
  #source: EventSource | undefined
  #timer = 0
  /** How many times the server has said goodbye to the page as soon as it came. */
  #turnedAway = 0

  constructor(show: (frame: Frame) => void, tell: (status: Status) => void) {
    this.#show = show
    this.#tell = tell
    document.addEventListener('visibilitychange', () => this.#look())
  }

  open(): void {
    this.#close()
    const address = new URL(location.href)
    address.searchParams.set('events', '')
    address.hash = ''
    const source = new EventSource(address)
    this.#source = source
    let frames = 0
    source.addEventListener('message', ({ data }) => {
      if (++frames > 2) this.#turnedAway = 0
      this.#tell('live')
      this.#show(JSON.parse(data))
    })
    // The server retires the connection: on a new one the balancer may choose another server. One that drains says
    // goodbye to each newcomer.
    source.addEventListener('goodbye', () => this.#again('reconnecting', ++this.#turnedAway > 2 ? pause : 0))
    // Coming back at once would only take the place of somebody who would do the same.
    source.addEventListener('displaced', () => {
      this.#close()
      this.#tell('displaced')
    })
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) this.#again('refused', longPause)
      else this.#again('reconnecting', pause)
    })
  }

  #again(status: Status, after: number): void {
    this.#close()
    this.#tell(status)
    this.#timer = setTimeout(() => this.open(), after)
  }

  #close(): void {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = undefined
  }

  /** A page in the background would keep a connection, and one of the places for viewers. */
  #look(): void {
    if (document.hidden) {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => {
        this.#close()
        this.#tell('resting')
      }, hiddenFor)
    } else if (this.#source === undefined) {
      this.open()
    } else {
      clearTimeout(this.#timer)
    }
  }
}
