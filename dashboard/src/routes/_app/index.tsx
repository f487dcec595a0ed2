import { createFileRoute, redirect } from '@tanstack/react-router'
import { projectList } from '~/api/project.ts'
import { Empty } from '~/ui/empty.tsx'

/** There is no page of all projects yet: the first one is home. */
export const Route = createFileRoute('/_app/')({
  beforeLoad: async ({ context }) => {
    const [first] = await context.queryClient.ensureQueryData(projectList)
    if (!first) return
    throw redirect({
      to: '/$org/$project',
      params: { org: first.organization.slug, project: first.slug },
      replace: true,
    })
  },
  component: NoProjects,
})

function NoProjects() {
  return (
    <Empty icon="ledger" title="You are in no project yet">
      Ask an owner of your organization to create one, or to let you into theirs.
    </Empty>
  )
}
