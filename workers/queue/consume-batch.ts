import { RegroupMessage } from '#domain/grouping/regroup/regroup-message.ts'
import { PackMessage } from '#domain/pack/pack-message.ts'
import { log } from '#platform/log.ts'
import { processPack } from '#process/pack.ts'
import { stepRegroup } from '#process/regroup.ts'
import { deleteDeadLetters } from '#store/dead-letter.ts'
import type { Stores } from '#store/stores.ts'

/** Retries wait 2 s, 4 s, 8 s … at most 5 minutes; after the last the queue moves it to the dead. */
const RETRY_SECONDS = 2
const RETRY_SECONDS_MAX = 300

/** What a regrouping sends itself on with. */
type NextSteps = Pick<Queue<RegroupMessage>, 'send'>

/**
 * Processes a batch of pack pointers and steps of regroupings. Every message leaves in one of two ways, so one bad pack never
 * makes its neighbours come again.
 */
export async function consumeBatch(
  batch: MessageBatch,
  stores: Stores,
  nextSteps: NextSteps,
): Promise<void> {
  for (const message of batch.messages) {
    const pack = PackMessage.safeParse(message.body)
    const regroup = RegroupMessage.safeParse(message.body)
    try {
      if (regroup.success) {
        const next = await stepRegroup(regroup.data, stores, Date.now())
        if (next) await nextSteps.send(next)
        message.ack()
        continue
      }
      if (!pack.success) throw new Error('not a pack message')
      const { projectId, packId, sends = 1 } = pack.data
      await processPack(pack.data, stores, Date.now())
      // A pointer that was sent again may have died before: it is no letter for a person any more.
      if (sends > 1) await deleteDeadLetters(stores, projectId, [packId])
      message.ack()
    } catch (error) {
      const { id, attempts } = message
      log.error('queue.pack_failed', { message: id, pack: pack.data?.packId, attempts, error })
      message.retry({ delaySeconds: retryDelaySeconds(attempts) })
    }
  }
}

/** Seconds until the next attempt after `attempts` failed ones. */
export function retryDelaySeconds(attempts: number): number {
  return Math.min(RETRY_SECONDS * 2 ** (attempts - 1), RETRY_SECONDS_MAX)
}
