import { useMutation } from '@tanstack/react-query'
import { sendTestEvent } from '~/api/test-event.ts'
import { Button } from '~/ui/button.tsx'
import { Icon } from '~/ui/icon.tsx'

/** Sends one event from here, so that what fails elsewhere can be told from what fails with us. */
export function TestEventButton({ dsn }: { dsn: string }) {
  const attempt = useMutation({ mutationFn: () => sendTestEvent(dsn) })
  return (
    <div className="flex flex-wrap items-center gap-2">
      {attempt.isError && (
        <p className="text-xs text-kumo-danger" role="alert">
          {attempt.error.message}
        </p>
      )}
      <Button
        disabled={attempt.isPending}
        icon={<Icon name={attempt.isSuccess ? 'check' : 'send'} size={14} />}
        onClick={() => attempt.mutate()}
      >
        {attempt.isSuccess ? 'Sent' : 'Send a test event'}
      </Button>
    </div>
  )
}
