import { createFileRoute, Outlet } from '@tanstack/react-router'
import { projectDetail } from '~/api/project.ts'

export const Route = createFileRoute('/_app/$org/$project')({
  loader: ({ context, params }) => context.queryClient.ensureQueryData(projectDetail(params)),
  component: Outlet,
})
