import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { GroupingPreview, GroupingSettings } from '#contract/grouping.ts'
import type { ProjectPath } from '~/api/project.ts'
import {
  applyPreview,
  continuePreview,
  type GroupingChange,
  groupingOperations,
  groupingSettings,
  saveGrouping,
  startPreview,
} from '~/api/regroup.ts'
import { ApiFailure } from '~/api/request.ts'
import { showToast } from '~/ui/toast.tsx'
import type { GroupingDraft } from './rules-form.tsx'

/** A draft of a project's rules: tried on stored events, saved, or applied to history. */
export function useRules(path: ProjectPath, saved: GroupingSettings, days: number) {
  const queryClient = useQueryClient()
  const [changed, setChanged] = useState<Partial<GroupingDraft>>({})
  const [problems, setProblems] = useState<Record<string, string[]>>({})
  const [preview, setPreview] = useState<GroupingPreview | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { groupingConfig, groupingEnhancements, fingerprintingRules } = saved
  const draft = { groupingConfig, groupingEnhancements, fingerprintingRules, ...changed }
  const change = differenceOf(saved, draft)

  /** One thing at a time; what the server refuses stands at its field. */
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblems({})
    try {
      await work()
    } catch (error) {
      const fields = error instanceof ApiFailure ? error.fields : {}
      setProblems(fields)
      if (Object.keys(fields).length === 0) {
        const detail = error instanceof Error ? error.message : String(error)
        showToast({ title: 'That did not work', detail, isBad: true })
      }
    } finally {
      setBusy(false)
    }
  }
  const forget = () => {
    setChanged({})
    setPreview(null)
    setProblems({})
  }
  const reload = async () => {
    await queryClient.invalidateQueries({ queryKey: groupingSettings(path).queryKey })
    await queryClient.invalidateQueries({ queryKey: groupingOperations(path).queryKey })
  }
  return {
    draft,
    problems,
    preview,
    isBusy,
    isChanged: Object.keys(change).length > 0,
    edit: (part: Partial<GroupingDraft>) => {
      setChanged({ ...changed, ...part })
      setPreview(null)
    },
    forget,
    tryOut: () => attempt(async () => setPreview(await startPreview(path, change, days))),
    lookOn: () =>
      attempt(async () => {
        if (preview) setPreview(await continuePreview(path, preview.id))
      }),
    save: () =>
      attempt(async () => {
        await saveGrouping(path, change)
        await reload()
        forget()
        showToast({ title: 'Rules saved', detail: 'In force for the next event.' })
      }),
    apply: () =>
      attempt(async () => {
        if (!preview) return
        await applyPreview(path, preview.id)
        await reload()
        forget()
        showToast({ title: 'Applying to history', detail: 'Its progress stands below.' })
      }),
  }
}

function differenceOf(saved: GroupingSettings, draft: GroupingDraft): GroupingChange {
  const names = ['groupingConfig', 'groupingEnhancements', 'fingerprintingRules'] as const
  return Object.fromEntries(
    names.filter((name) => draft[name] !== saved[name]).map((name) => [name, draft[name]]),
  )
}
