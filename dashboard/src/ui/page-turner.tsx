import type { PageLinks } from '~/api/cursor.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type PageTurnerProps = { links: PageLinks; onTurn: (cursor: string) => void; note?: string }

/** Previous and next page of a list with cursors; nothing to turn when all of it is here. */
export function PageTurner({ links, onTurn, note }: PageTurnerProps) {
  const { previous, next } = links
  const isWhole = previous === undefined && next === undefined
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-1.5">
      {note !== undefined && <span className="mr-auto text-xs text-kumo-subtle">{note}</span>}
      {!isWhole && (
        <>
          <Button
            disabled={previous === undefined}
            icon={<Icon name="chevronLeft" size={14} />}
            onClick={() => previous !== undefined && onTurn(previous)}
          >
            Previous
          </Button>
          <Button disabled={next === undefined} onClick={() => next !== undefined && onTurn(next)}>
            Next <Icon name="chevronRight" size={14} />
          </Button>
        </>
      )}
    </nav>
  )
}
