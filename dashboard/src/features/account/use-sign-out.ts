import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { signOut } from '~/api/account.ts'

/** Ends the session, forgets everything it fetched, and goes to the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async () => {
    await signOut()
    queryClient.clear()
    await router.navigate({ to: '/login' })
  }
}
