import { Button } from '@cloudflare/kumo/components/button'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { signOut } from '~/api/account.ts'
import { Icon } from '~/ui/icon.tsx'

export function SignOutButton() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const leave = async () => {
    await signOut()
    queryClient.clear()
    await router.navigate({ to: '/login' })
  }
  return (
    <Button
      aria-label="Sign out"
      icon={<Icon name="signOut" />}
      onClick={() => void leave()}
      shape="square"
      size="sm"
      title="Sign out"
      variant="ghost"
    />
  )
}
