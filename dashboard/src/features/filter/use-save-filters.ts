import { useQueryClient } from '@tanstack/react-query'
import type { FilterSettings, ProjectSettings } from '#contract/project-settings.ts'
import type { ProjectPath } from '~/api/project.ts'
import { ApiFailure } from '~/api/request.ts'
import { projectSettings, saveSettings } from '~/api/settings.ts'
import { showToast } from '~/ui/toast.tsx'

/** Saves filters. The page shows a change at once, and takes it back when the server refuses it. */
export function useSaveFilters(path: ProjectPath) {
  const queryClient = useQueryClient()
  const { queryKey } = projectSettings(path)

  const put = async (options: Partial<FilterSettings>) => {
    queryClient.setQueryData(queryKey, await saveSettings(path, { options }))
  }

  const flip = async (options: Partial<FilterSettings>, name: string) => {
    await queryClient.cancelQueries({ queryKey })
    const before = queryClient.getQueryData(queryKey)
    const paint = (settings: ProjectSettings | undefined) =>
      settings && { ...settings, options: { ...settings.options, ...options } }
    queryClient.setQueryData(queryKey, paint)
    try {
      await put(options)
      const undo = before && (() => void put(pick(before.options, options)))
      showToast({ title: `${name} changed`, detail: 'In force for the next event.', undo })
    } catch (error) {
      queryClient.setQueryData(queryKey, before)
      showToast({ title: 'That did not work', detail: messageOf(error), isBad: true })
    }
  }

  const save = async (options: Partial<FilterSettings>, name: string) => {
    try {
      await put(options)
      showToast({ title: `${name} saved`, detail: 'In force for the next event.' })
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  return { flip, save }
}

function pick(all: FilterSettings, some: Partial<FilterSettings>): Partial<FilterSettings> {
  return Object.fromEntries(Object.keys(some).map((name) => [name, all[name]]))
}

function messageOf(error: unknown): string {
  if (error instanceof ApiFailure && error.status === 403) {
    return 'Only those who may change the project may change its filters.'
  }
  return error instanceof Error ? error.message : String(error)
}
