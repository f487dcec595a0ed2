import type { PageLinks } from '~/api/cursor.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type PageTurnerProps = { links: PageLinks; onTurn: (cursor: string) => void; note?: string }

/** Previous and next page of a list with cursors. */
export function PageTurner({ links, onTurn, note }: PageTurnerProps) {
  const { previous, next } = links
  if (previous === undefined && next === undefined && note === undefined) return null
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-1.5">
      {note !== undefined && <span className="mr-auto text-xs text-kumo-subtle">{note}</span>}
      <Button
        disabled={previous === undefined}
        icon={<Icon name="chevronLeft" size={14} />}
        onClick={() => previous !== undefined && onTurn(previous)}
        size="sm"
      >
        Previous
      </Button>
      <Button
        disabled={next === undefined}
        onClick={() => next !== undefined && onTurn(next)}
        size="sm"
      >
        Next <Icon name="chevronRight" size={14} />
      </Button>
    </nav>
  )
}
