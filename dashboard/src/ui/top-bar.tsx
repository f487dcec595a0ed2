import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Mark } from './mark.tsx'
import { TimeButton } from './time-button.tsx'

type TopBarProps = {
  path: { org: string; project: string } | undefined
  switcher: ReactNode
  palette: ReactNode
  account: ReactNode
}

/** The bar above every page. On phones the pages' names make way for their icons. */
export function TopBar({ path, switcher, palette, account }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-kumo-line bg-kumo-base">
      <div className="mx-auto flex h-12 max-w-7xl items-center gap-0.5 px-2 sm:gap-2 sm:px-4">
        <Link
          activeOptions={{ exact: true }}
          aria-label="Picket, all issues"
          className="m-1 rounded sm:m-0"
          to="/"
        >
          <Mark />
        </Link>
        {switcher}
        {path !== undefined && (
          <nav aria-label="Project" className="flex items-center gap-0.5 sm:ml-1">
            <BarLink icon="list" name="Issues" path={path} to="/$org/$project" />
            <BarLink icon="ledger" name="Ledger" path={path} to="/$org/$project/ledger" />
            <BarLink icon="plug" name="Set up" path={path} to="/$org/$project/getting-started" />
            <BarLink
              icon="sliders"
              isFolder
              name="Settings"
              path={path}
              to="/$org/$project/settings"
            />
          </nav>
        )}
        <div className="ml-auto flex items-center gap-0.5">
          {palette}
          <TimeButton />
          {account}
        </div>
      </div>
    </header>
  )
}

type BarLinkProps = {
  icon: IconName
  name: string
  path: { org: string; project: string }
  to:
    | '/$org/$project'
    | '/$org/$project/ledger'
    | '/$org/$project/getting-started'
    | '/$org/$project/settings'
  /** Stands for the pages below it too. */
  isFolder?: boolean
}

function BarLink({ icon, name, path, to, isFolder = false }: BarLinkProps) {
  return (
    <Link
      activeOptions={{ exact: !isFolder, includeSearch: false }}
      activeProps={{ className: 'bg-kumo-tint font-medium text-kumo-default' }}
      className="flex h-7 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-kumo-tint pointer-coarse:h-9"
      inactiveProps={{ className: 'text-kumo-subtle' }}
      params={path}
      title={name}
      to={to}
    >
      <Icon name={icon} />
      <span className="hidden sm:inline">{name}</span>
    </Link>
  )
}
