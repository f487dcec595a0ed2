import { Button } from '@cloudflare/kumo/components/button'
import { useEffect, useState } from 'react'
import { Icon } from './icon.tsx'

type CopyButtonProps = {
  /** Text to copy, or a function that fetches or builds it when asked. */
  text: string | (() => string | Promise<string>)
  label: string
  title?: string
}

export function CopyButton({ text, label, title }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 1600)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text())
      setState('copied')
    } catch {
      // Clipboards refuse on plain http and without focus: say so instead of pretending.
      setState('failed')
    }
  }
  return (
    <Button
      icon={<Icon name={state === 'copied' ? 'check' : 'copy'} size={14} />}
      onClick={copy}
      size="sm"
      title={title}
      variant="secondary"
    >
      <span aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not copy' : label}
      </span>
    </Button>
  )
}
