import { RegroupMessage } from '#domain/grouping/regroup/regroup-message.ts'
import { PackMessage } from '#domain/pack/pack-message.ts'
import { log } from '#platform/log.ts'
import { recordDeadLetter } from '#store/dead-letter.ts'
import { failJob } from '#store/regroup-job.ts'
import type { Stores } from '#store/stores.ts'

/**
 * Notes packs that failed too often, so that a person sees them and can replay them. The pack itself
 * stays on R2 and counts as in flight; its gate sends the pointer again every hour by itself. A
 * regrouping that died so is given up, and says so.
 */
export async function consumeDeadBatch(batch: MessageBatch, stores: Stores): Promise<void> {
  for (const message of batch.messages) {
    const pack = PackMessage.safeParse(message.body)
    const regroup = RegroupMessage.safeParse(message.body)
    try {
      if (regroup.success) await failJob(stores, regroup.data, 'It failed again and again.')
      if (pack.success) await recordDeadLetter(stores, pack.data, Date.now())
      log.error('queue.pack_dead', { message: message.id, pack: pack.data?.packId })
      message.ack()
    } catch (error) {
      log.error('queue.dead_letter_failed', { message: message.id, error })
      message.retry({ delaySeconds: 60 })
    }
  }
}
