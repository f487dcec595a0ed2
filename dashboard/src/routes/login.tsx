import { createFileRoute, redirect, useRouter } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { account } from '~/api/account.ts'
import { SignInForm } from '~/features/account/sign-in-form.tsx'
import { Mark } from '~/ui/mark.tsx'

/** Only paths of our own: a `next` that leaves this origin would be an open redirect. */
const OwnPath = z
  .string()
  .check(
    z.refine(
      (next) =>
        next.startsWith('/') && URL.parse(next, location.origin)?.origin === location.origin,
    ),
  )
const LoginSearch = z.object({ next: z.catch(z.optional(OwnPath), undefined) })

export const Route = createFileRoute('/login')({
  validateSearch: LoginSearch,
  beforeLoad: async ({ context, search }) => {
    const user = await context.queryClient.ensureQueryData(account)
    if (user !== null) throw redirect({ href: search.next ?? '/' })
  },
  component: LoginPage,
})

function LoginPage() {
  const { next } = Route.useSearch()
  const router = useRouter()
  return (
    <main className="grid min-h-dvh place-items-center px-4">
      <div className="w-full max-w-80 pb-16">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark size={28} />
          <h1 className="text-lg font-semibold">Sign in to Picket</h1>
        </div>
        <SignInForm onSignedIn={() => void router.navigate({ href: next ?? '/', replace: true })} />
      </div>
    </main>
  )
}
