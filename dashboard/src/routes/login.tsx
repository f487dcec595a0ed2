import { createFileRoute, redirect, useRouter } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { account } from '~/api/account.ts'
import { SignInForm } from '~/features/account/sign-in-form.tsx'
import { BareError } from '~/ui/bare.tsx'
import { Mark } from '~/ui/mark.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

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
  errorComponent: BareError,
})

function LoginPage() {
  const { next } = Route.useSearch()
  const router = useRouter()
  usePageTitle('Sign in')
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-8">
      <div className="w-full max-w-96 rounded-xl bg-kumo-base p-6 shadow-sm ring-1 ring-kumo-line sm:mb-24 sm:p-8">
        <Mark size={32} />
        <h1 className="mt-4 text-xl font-semibold">Sign in to Picket</h1>
        <p className="mt-1 mb-6 text-kumo-subtle">See what broke, where, and for whom.</p>
        <SignInForm onSignedIn={() => void router.navigate({ href: next ?? '/', replace: true })} />
      </div>
    </main>
  )
}
