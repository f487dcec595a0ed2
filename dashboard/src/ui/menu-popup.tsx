import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { Fragment, type ReactElement } from 'react'
import { Icon } from './icon.tsx'
import type { MenuGroup } from './menu-button.tsx'

/** The menu of a MenuButton, open from the start: it is only built once it was asked for. */
export default function MenuPopup({
  button,
  groups,
}: {
  button: ReactElement
  groups: MenuGroup[]
}) {
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenu.Trigger render={button} />
      <DropdownMenu.Content>
        {groups.map(({ name, entries }, i) => (
          <Fragment key={name ?? entries[0]?.name}>
            {i > 0 && <DropdownMenu.Separator />}
            <DropdownMenu.Group>
              {name !== undefined && <DropdownMenu.Label>{name}</DropdownMenu.Label>}
              {entries.map((entry) => (
                <DropdownMenu.Item
                  icon={
                    entry.icon && (
                      <span className="mr-2.5 text-kumo-subtle">
                        <Icon name={entry.icon} />
                      </span>
                    )
                  }
                  key={entry.name}
                  onClick={entry.run}
                  selected={entry.isChosen}
                >
                  <span className="mr-4 flex-1">{entry.name}</span>
                </DropdownMenu.Item>
              ))}
            </DropdownMenu.Group>
          </Fragment>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
