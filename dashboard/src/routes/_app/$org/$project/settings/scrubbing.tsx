import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod/mini'
import type { ScrubbingSettings } from '#contract/project-settings.ts'
import { ApiFailure } from '~/api/request.ts'
import {
  eventPreview,
  organizationSettings,
  type PreviewSubject,
  projectSettings,
  saveSettings,
  scrubbingReach,
} from '~/api/settings.ts'
import { FieldLists } from '~/features/scrubbing/field-lists.tsx'
import { readProblem } from '~/features/scrubbing/place.ts'
import { PreviewPanel } from '~/features/scrubbing/preview-panel.tsx'
import { Reach } from '~/features/scrubbing/reach.tsx'
import { RulesEditor } from '~/features/scrubbing/rules-editor.tsx'
import { SaveBar } from '~/features/scrubbing/save-bar.tsx'
import { OwnRules, ScrubbingSwitches } from '~/features/scrubbing/scrubbing-switches.tsx'
import { useScrubbingDraft } from '~/features/scrubbing/use-scrubbing-draft.ts'
import { showToast } from '~/ui/toast.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'
import { useSettled } from '~/ui/use-settled.ts'

/** How long a draft stands still before it is tried on an event, and on all the newest ones. */
const TRY_MS = 400
const COUNT_MS = 1_200

export const Route = createFileRoute('/_app/$org/$project/settings/scrubbing')({
  /** `event`: the stored event to try settings on; the latest one if it is not named. */
  validateSearch: z.object({ event: z.catch(z.optional(z.string()), undefined) }),
  // A draft is one project's: it must not follow the reader to the next.
  remountDeps: ({ params }) => params,
  component: ScrubbingPage,
})

function ScrubbingPage() {
  const path = Route.useParams()
  const { event = 'latest' } = Route.useSearch()
  const { data: saved } = useSuspenseQuery(projectSettings(path))
  const { data: organization } = useQuery(organizationSettings(path.org))
  const { draft, change, isChanged, edit, discard } = useScrubbingDraft(saved)
  const [subject, setSubject] = useState<PreviewSubject>({ eventId: event })
  usePageTitle('Scrubbing', saved.name)

  const tried = useQuery(
    eventPreview(path, useSettled(change, TRY_MS), useSettled(subject, TRY_MS)),
  )
  const counted = useQuery(scrubbingReach(path, useSettled(change, COUNT_MS)))
  const refusals = refusalsOf(tried.error)
  const save = useSaveScrubbing(discard)
  const props = { draft, organization, onChange: edit }
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <div className="space-y-3">
        <p className="text-sm text-kumo-subtle">
          For this project. For all of them,{' '}
          <Link className="text-kumo-link" params={{ org: path.org }} to="/$org/settings/scrubbing">
            ask it of the organization
          </Link>
          .
        </p>
        <ScrubbingSwitches {...props} />
        <FieldLists {...props} />
        <OwnRules {...props} />
        <RulesEditor
          hasOrganizationRules={typeof organization?.relayPiiConfig === 'string'}
          onChange={(relayPiiConfig) => edit({ relayPiiConfig })}
          problems={refusals.map(readProblem)}
          text={draft.relayPiiConfig}
        />
      </div>
      <div className="lg:sticky lg:top-16 lg:max-h-[calc(100dvh-8.5rem)] lg:overflow-y-auto lg:rounded-lg lg:p-px">
        <PreviewPanel
          isWaiting={tried.isFetching}
          onChoose={setSubject}
          preview={tried.data}
          problem={
            refusals.length > 0 ? 'The advanced rules need mending first.' : messageOf(tried.error)
          }
          subject={subject}
        >
          <Reach
            isWaiting={counted.isFetching}
            note={counted.data?.note}
            reach={counted.data?.recent}
          />
        </PreviewPanel>
      </div>
      {isChanged && (
        <SaveBar
          isBlocked={refusals.length > 0}
          isSaving={save.isPending}
          onDiscard={discard}
          onSave={() => save.mutate(change)}
        />
      )}
    </div>
  )
}

/** Saves a change; nothing is changed then beyond what the server made of it. */
function useSaveScrubbing(onSaved: () => void) {
  const path = Route.useParams()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Partial<ScrubbingSettings>) => saveSettings(path, change),
    onSuccess: (settings) => {
      queryClient.setQueryData(projectSettings(path).queryKey, settings)
      onSaved()
      showToast({ title: 'Scrubbing saved', detail: 'In force for the next event.' })
    },
    onError: (error) => {
      showToast({ title: 'That did not work', detail: messageOf(error), isBad: true })
    },
  })
}

/** What the server says of advanced rules that make no sense. */
function refusalsOf(error: Error | null): string[] {
  return (error instanceof ApiFailure && error.fields['scrubbing']) || []
}

function messageOf(error: Error | null): string | undefined {
  if (!error) return undefined
  return error instanceof ApiFailure && error.status === 404
    ? 'There is no event with this id.'
    : error.message
}
