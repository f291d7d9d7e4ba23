/** One of the frames that a client sends. `of` chooses among the streams that the client has begun. */
export type Piece =
  | Request
  | {
      readonly kind: 'data'
      readonly of: number
      readonly length: number
      readonly padding: number
      readonly end: boolean
    }
  | { readonly kind: 'trailers'; readonly of: number }
  | { readonly kind: 'reset'; readonly of: number; readonly code: number }
  | { readonly kind: 'ping'; readonly acknowledges: boolean }
  /** Of a stream or, without one, of the session. */
  | { readonly kind: 'window'; readonly of: number | undefined; readonly increment: number }
  | { readonly kind: 'settings'; readonly values: readonly (readonly [number, number])[] }
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'goaway'; readonly code: number; readonly last: number }
  | { readonly kind: 'priority'; readonly of: number; readonly on: number; readonly weight: number }
  | {
      readonly kind: 'unknown'
      readonly type: number
      readonly flags: number
      readonly of: number
      readonly length: number
    }
  /** Whatever it says. */
  | {
      readonly kind: 'raw'
      readonly type: number
      readonly flags: number
      readonly where: Where
      readonly payload: string
    }
  | { readonly kind: 'noise'; readonly text: string }

export interface Request {
  readonly kind: 'request'
  readonly method: 'GET' | 'POST'
  /** What the handler does: the first part of the path. */
  readonly act: string
  /** Whether END_STREAM comes later, if at all. */
  readonly open: boolean
  readonly padding: number
  readonly priority?: { readonly on: number; readonly weight: number } | undefined
  /** Where the block is cut into CONTINUATION frames, as shares of the whole. */
  readonly parts: readonly number[]
  /** How many stream ids are left out. */
  readonly gap: number
}

/** Which stream a frame names that may be wrong. */
export type Where = 'zero' | 'last' | 'first' | 'next' | 'even' | 'far'
