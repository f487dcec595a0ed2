import { Toasty } from '@cloudflare/kumo/components/toast'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Outlet, redirect, useParams } from '@tanstack/react-router'
import { account } from '~/api/account.ts'
import { projectList } from '~/api/project.ts'
import { SignOutButton } from '~/features/account/sign-out-button.tsx'
import { ProjectSwitcher } from '~/features/project/project-switcher.tsx'
import { TopBar } from '~/ui/top-bar.tsx'

/** The frame around every page that needs a session. */
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.ensureQueryData(account)
    if (user === null) throw redirect({ to: '/login', search: { next: location.href } })
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(projectList),
  component: AppFrame,
})

function AppFrame() {
  const { org, project } = useParams({ strict: false })
  const { data: projects } = useSuspenseQuery(projectList)
  const path = org !== undefined && project !== undefined ? { org, project } : undefined
  return (
    <Toasty>
      <TopBar
        account={<SignOutButton />}
        path={path}
        switcher={<ProjectSwitcher org={org} project={project} projects={projects} />}
      />
      <main className="mx-auto w-full max-w-7xl px-3 py-4 sm:px-4">
        <Outlet />
      </main>
    </Toasty>
  )
}
