import { Button } from '~/ui/button.tsx'

type SaveBarProps = {
  isSaving: boolean
  /** Something in the draft makes no sense, so it cannot be saved. */
  isBlocked: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Stands at the bottom of the window while there is something to save. */
export function SaveBar({ isSaving, isBlocked, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className="sticky bottom-3 z-20 col-span-full flex animate-arrive items-center gap-2 rounded-lg bg-kumo-base py-2 pr-2 pl-3.5 shadow-lg ring-1 ring-kumo-line">
      <p className="mr-auto min-w-0 text-sm">
        {isBlocked ? 'The advanced rules need mending first.' : 'There are unsaved changes.'}
      </p>
      <Button disabled={isSaving} onClick={onDiscard}>
        Discard
      </Button>
      <Button disabled={isSaving || isBlocked} onClick={onSave} variant="primary">
        {isSaving ? 'Saving…' : 'Save'}
      </Button>
    </div>
  )
}
