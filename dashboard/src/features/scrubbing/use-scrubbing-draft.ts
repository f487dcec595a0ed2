import { useMemo, useState } from 'react'
import type { ScrubbingSettings } from '#contract/project-settings.ts'
import { changeOf, draftOf, type ScrubbingDraft } from './draft.ts'

/**
 * What somebody is changing, laid over what is saved: where they changed nothing, what others save
 * meanwhile shows, and is not sent back as it was.
 */
export function useScrubbingDraft(saved: ScrubbingSettings) {
  const [edits, setEdits] = useState<Partial<ScrubbingDraft>>({})
  const draft = useMemo(() => ({ ...draftOf(saved), ...edits }), [saved, edits])
  const change = useMemo(() => changeOf(draft, saved), [draft, saved])
  return {
    draft,
    /** What would be saved; stays the same object while nothing changes. */
    change,
    isChanged: Object.keys(change).length > 0,
    edit: (some: Partial<ScrubbingDraft>) => setEdits((before) => ({ ...before, ...some })),
    discard: () => setEdits({}),
  }
}
