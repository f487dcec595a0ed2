import type { LedgerEntry } from '#domain/outcome.ts'
import type { AdmissionItem } from './admission.ts'
import { commitDelayMs, noteArrival, noteCommit, QUIET, type Rhythm } from './rhythm.ts'

/** One request's share of a commit. */
export interface CommitRequest {
  items: AdmissionItem[]
  losses: LedgerEntry[]
}

interface Waiting {
  request: CommitRequest
  committed: PromiseWithResolvers<void>
}

/** Lets concurrent requests share one journal row; rhythm.ts says how long they may wait. */
export class GroupCommit {
  readonly #write: (requests: CommitRequest[]) => void
  #waiting: Waiting[] = []
  #waitingBytes = 0
  #firstAt = 0
  #rhythm: Rhythm = QUIET
  #timer: ReturnType<typeof setTimeout> | null = null

  /** `write` puts one row into the journal; it is called synchronously and may throw. */
  constructor(write: (requests: CommitRequest[]) => void) {
    this.#write = write
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  /** Resolves when the request is in the journal; rejects when the row could not be written. */
  add(request: CommitRequest): Promise<void> {
    const now = Date.now()
    const committed = Promise.withResolvers<void>()
    if (this.#waiting.length === 0) this.#firstAt = now
    this.#waiting.push({ request, committed })
    this.#waitingBytes += request.items.reduce((sum, item) => sum + item.bytes.length, 0)
    this.#rhythm = noteArrival(this.#rhythm, now)
    this.#schedule(now)
    return committed.promise
  }

  #schedule(now: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const waiting = {
      requests: this.#waiting.length,
      bytes: this.#waitingBytes,
      firstAt: this.#firstAt,
    }
    const delay = commitDelayMs(this.#rhythm, waiting, now)
    if (delay === 0) this.#flush()
    else this.#timer = setTimeout(() => this.#flush(), delay)
  }

  #flush(): void {
    this.#timer = null
    const group = this.#waiting
    this.#waiting = []
    this.#waitingBytes = 0
    this.#rhythm = noteCommit(this.#rhythm, group.length)
    try {
      this.#write(group.map(({ request }) => request))
      for (const { committed } of group) committed.resolve()
    } catch (error) {
      for (const { committed } of group) committed.reject(error)
    }
  }
}
