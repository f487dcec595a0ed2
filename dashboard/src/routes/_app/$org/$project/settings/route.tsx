import { createFileRoute, Link, Outlet } from '@tanstack/react-router'
import { projectSettings } from '~/api/settings.ts'
import { TabBar, tabLook } from '~/ui/tab-bar.tsx'

export const Route = createFileRoute('/_app/$org/$project/settings')({
  loader: ({ context, params }) => context.queryClient.ensureQueryData(projectSettings(params)),
  component: SettingsFrame,
})

const PAGES = [
  { name: 'Filters', to: '/$org/$project/settings/filters' },
  { name: 'Scrubbing', to: '/$org/$project/settings/scrubbing' },
  { name: 'Grouping', to: '/$org/$project/settings/grouping' },
] as const

function SettingsFrame() {
  const path = Route.useParams()
  return (
    <div className="space-y-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="mr-auto">
          <h1 className="text-lg font-semibold">Settings</h1>
          <p className="text-sm text-kumo-subtle">
            What {path.project} keeps, and what it leaves out.
          </p>
        </div>
        <TabBar label="Settings">
          {PAGES.map(({ name, to }) => (
            <Link
              activeProps={{ className: tabLook(true) }}
              inactiveProps={{ className: tabLook(false) }}
              key={to}
              params={path}
              to={to}
            >
              {name}
            </Link>
          ))}
        </TabBar>
      </header>
      <Outlet />
    </div>
  )
}
