import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type CopyButtonProps = {
  /** Text to copy, or what copies when the text must first be fetched or built. */
  copy: string | (() => Promise<void>)
  label: string
  title?: string
}

/** How long the button says what came of it. */
const SAID_MS = 1600

export function CopyButton({ copy, label, title }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SAID_MS)
    return () => clearTimeout(timer)
  }, [state])
  const run = async () => {
    try {
      await (typeof copy === 'string' ? navigator.clipboard.writeText(copy) : copy())
      setState('copied')
    } catch {
      // Clipboards refuse on plain http and without focus: say so instead of pretending.
      setState('failed')
    }
  }
  return (
    <Button
      icon={<Icon name={state === 'copied' ? 'check' : 'copy'} size={14} />}
      onClick={() => void run()}
      title={title}
    >
      <span aria-live="polite">
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Could not copy' : label}
      </span>
    </Button>
  )
}
