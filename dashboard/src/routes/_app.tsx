import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Outlet, redirect, useNavigate, useParams } from '@tanstack/react-router'
import { account } from '~/api/account.ts'
import { type ProjectPath, projectList } from '~/api/project.ts'
import { AccountMenu } from '~/features/account/account-menu.tsx'
import { useSignOut } from '~/features/account/use-sign-out.ts'
import { PaletteButton } from '~/features/palette/palette-button.tsx'
import { ProjectSwitcher } from '~/features/project/project-switcher.tsx'
import { BareError } from '~/ui/bare.tsx'
import { FrameSkeleton } from '~/ui/skeleton.tsx'
import { chooseTheme, THEMES } from '~/ui/theme.ts'
import { chooseTimeMode } from '~/ui/time-mode.ts'
import { Toasts } from '~/ui/toast.tsx'
import { TopBar } from '~/ui/top-bar.tsx'
import { type Command, useCommands } from '~/ui/use-commands.ts'

/** The frame around every page that needs a session. */
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.ensureQueryData(account)
    if (user === null) throw redirect({ to: '/login', search: { next: location.href } })
    return { user }
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(projectList),
  component: AppFrame,
  pendingComponent: FrameSkeleton,
  errorComponent: BareError,
})

function AppFrame() {
  const { user } = Route.useRouteContext()
  const { org, project } = useParams({ strict: false })
  const { data: projects } = useSuspenseQuery(projectList)
  const path = org !== undefined && project !== undefined ? { org, project } : undefined
  useCommands([...usePageCommands(path), ...useFrameCommands()])
  return (
    <>
      <TopBar
        account={<AccountMenu user={user} />}
        palette={<PaletteButton path={path} />}
        path={path}
        switcher={<ProjectSwitcher org={org} project={project} projects={projects} />}
      />
      <main className="mx-auto w-full max-w-7xl px-3 py-4 sm:px-4">
        <Outlet />
      </main>
      <Toasts />
    </>
  )
}

/** The ways to the project's pages and to the other projects. */
function usePageCommands(path: ProjectPath | undefined): Command[] {
  const navigate = useNavigate()
  const { data: projects } = useSuspenseQuery(projectList)
  const others = projects
    .filter(({ slug, organization }) => slug !== path?.project || organization.slug !== path.org)
    .map((each): Command => {
      const params = { org: each.organization.slug, project: each.slug }
      const run = () => void navigate({ to: '/$org/$project', params })
      return { name: `Go to project ${each.name}`, icon: 'chevronRight', run }
    })
  if (path === undefined) return others
  const go = (
    to:
      | '/$org/$project'
      | '/$org/$project/ledger'
      | '/$org/$project/getting-started'
      | '/$org/$project/settings/filters'
      | '/$org/$project/settings/scrubbing'
      | '/$org/$project/settings/grouping',
  ) => navigate({ to, params: path })
  return [
    { name: 'Go to issues', icon: 'list', run: () => void go('/$org/$project') },
    { name: 'Go to the ledger', icon: 'ledger', run: () => void go('/$org/$project/ledger') },
    { name: 'Go to set-up', icon: 'plug', run: () => void go('/$org/$project/getting-started') },
    {
      name: 'Go to filters',
      icon: 'sliders',
      run: () => void go('/$org/$project/settings/filters'),
    },
    {
      name: 'Go to scrubbing',
      icon: 'sliders',
      run: () => void go('/$org/$project/settings/scrubbing'),
    },
    {
      name: 'Go to grouping',
      icon: 'merge',
      run: () => void go('/$org/$project/settings/grouping'),
    },
    {
      name: 'Go to errors across projects',
      icon: 'merge',
      run: () => void navigate({ to: '/$org/global-issues', params: path }),
    },
    ...others,
  ]
}

function useFrameCommands(): Command[] {
  const signOut = useSignOut()
  return [
    ...THEMES.map(({ id, name, icon }) => ({ name, icon, run: () => chooseTheme(id) })),
    { name: 'Times relative to now', icon: 'clock', run: () => chooseTimeMode('ago') },
    { name: 'Times in UTC', icon: 'clock', run: () => chooseTimeMode('utc') },
    { name: 'Sign out', icon: 'signOut', run: () => void signOut() },
  ]
}
