import { useMutation, useQueryClient } from '@tanstack/react-query'
import { account, signIn } from '~/api/account.ts'
import { ApiFailure } from '~/api/request.ts'
import { Button } from '~/ui/button.tsx'
import { Notice } from '~/ui/notice.tsx'
import { TextField } from '~/ui/text-field.tsx'

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
      {attempt.isError && <Notice title={explain(attempt.error)} tone="bad" />}
      <TextField
        autoCapitalize="none"
        autoComplete="username"
        autoFocus
        label="Email"
        name="email"
        required
        type="email"
      />
      <TextField
        autoComplete="current-password"
        label="Password"
        name="password"
        required
        type="password"
      />
      <Button disabled={attempt.isPending} isWide size="base" type="submit" variant="primary">
        {attempt.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

function explain(error: Error): string {
  if (!(error instanceof ApiFailure)) return error.message
  if (error.status === 0) return 'The server cannot be reached.'
  if (error.status === 401) return 'Email or password is wrong.'
  if (error.status === 429) return 'Too many attempts. Wait a minute, then try again.'
  return error.message
}
