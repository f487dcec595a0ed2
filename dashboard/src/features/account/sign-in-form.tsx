import { Banner } from '@cloudflare/kumo/components/banner'
import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { account, signIn } from '~/api/account.ts'
import { ApiFailure } from '~/api/request.ts'

/** Signs in and then calls `onSignedIn`; the cookie is the server's business. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const queryClient = useQueryClient()
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (user) => {
      queryClient.clear()
      queryClient.setQueryData(account.queryKey, user)
      onSignedIn()
    },
  })
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        attempt.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
      }}
    >
      {attempt.isError && (
        <Banner description={explain(attempt.error)} role="alert" size="sm" variant="error" />
      )}
      <Input
        autoComplete="username"
        autoFocus
        className="w-full"
        label="Email"
        name="email"
        placeholder="you@example.com"
        required
        type="email"
      />
      <Input
        autoComplete="current-password"
        className="w-full"
        label="Password"
        name="password"
        required
        type="password"
      />
      <Button
        className="w-full justify-center"
        loading={attempt.isPending}
        type="submit"
        variant="primary"
      >
        Sign in
      </Button>
    </form>
  )
}

function explain(error: Error): string {
  if (error instanceof ApiFailure && error.status === 401) return 'Email or password is wrong.'
  return error.message
}
