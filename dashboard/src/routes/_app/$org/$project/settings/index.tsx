import { createFileRoute, redirect } from '@tanstack/react-router'

export const Route = createFileRoute('/_app/$org/$project/settings/')({
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$org/$project/settings/filters', params, replace: true })
  },
})
