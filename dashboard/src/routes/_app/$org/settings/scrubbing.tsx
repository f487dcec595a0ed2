import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import type { ScrubbingSettings } from '#contract/project-settings.ts'
import { ApiFailure } from '~/api/request.ts'
import { organizationSettings, saveOrganization } from '~/api/settings.ts'
import { FieldLists } from '~/features/scrubbing/field-lists.tsx'
import { readProblem } from '~/features/scrubbing/place.ts'
import { RulesEditor } from '~/features/scrubbing/rules-editor.tsx'
import { SaveBar } from '~/features/scrubbing/save-bar.tsx'
import { OwnRules, ScrubbingSwitches } from '~/features/scrubbing/scrubbing-switches.tsx'
import { useScrubbingDraft } from '~/features/scrubbing/use-scrubbing-draft.ts'
import { showToast } from '~/ui/toast.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

export const Route = createFileRoute('/_app/$org/settings/scrubbing')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(organizationSettings(params.org)),
  remountDeps: ({ params }) => params,
  component: OrganizationScrubbingPage,
})

/** What an organization asks of all its projects. */
function OrganizationScrubbingPage() {
  const { org } = Route.useParams()
  const { data: saved } = useSuspenseQuery(organizationSettings(org))
  const { draft, change, isChanged, edit, discard } = useScrubbingDraft(saved)
  const save = useSaveOrganization(org, discard)
  const refusals = (save.error instanceof ApiFailure && save.error.fields['relayPiiConfig']) || []
  usePageTitle('Scrubbing', saved.name)
  const props = {
    draft,
    organization: undefined,
    isForAll: true,
    onChange: (some: Parameters<typeof edit>[0]) => {
      save.reset()
      edit(some)
    },
  }
  return (
    <div className="mx-auto max-w-3xl space-y-3">
      <header>
        <h1 className="text-lg font-semibold">Scrubbing in all projects of {saved.name}</h1>
        <p className="text-sm text-kumo-subtle">
          What is on here is on in every project, whatever the project says. What is off is each
          project’s own to decide.
        </p>
      </header>
      <ScrubbingSwitches {...props} />
      <FieldLists {...props} />
      <OwnRules {...props} />
      <RulesEditor
        hasOrganizationRules={false}
        onChange={(relayPiiConfig) => props.onChange({ relayPiiConfig })}
        problems={refusals.map(readProblem)}
        text={draft.relayPiiConfig}
      />
      {isChanged && (
        <SaveBar
          isBlocked={refusals.length > 0}
          isSaving={save.isPending}
          onDiscard={() => {
            save.reset()
            discard()
          }}
          onSave={() => save.mutate(change)}
        />
      )}
    </div>
  )
}

function useSaveOrganization(org: string, onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Partial<ScrubbingSettings>) => saveOrganization(org, change),
    onSuccess: (settings) => {
      queryClient.setQueryData(organizationSettings(org).queryKey, settings)
      onSaved()
      showToast({ title: 'Saved for all projects', detail: 'In force for the next event.' })
    },
    onError: (error) => {
      const isRefused = error instanceof ApiFailure && error.status === 403
      const detail = isRefused ? 'Only managers and owners may ask this.' : error.message
      showToast({ title: 'That did not work', detail, isBad: true })
    },
  })
}
