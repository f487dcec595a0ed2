import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Attachment } from '#contract/attachment.ts'
import { attachmentPicture, attachmentText } from '~/api/attachment.ts'
import type { ProjectPath } from '~/api/project.ts'
import { ValueView } from '~/ui/value-view.tsx'
import type { FileLook } from './file-look.ts'

type PreviewProps = { file: Attachment; path: ProjectPath }

/** What is in a stranger's file: pixels, or text. Nothing of it becomes markup. */
export function FilePreview({ look, ...props }: PreviewProps & { look: FileLook }) {
  return look === 'picture' ? <Picture {...props} /> : <Text {...props} isTree={look === 'tree'} />
}

function Picture({ file, path }: PreviewProps) {
  const { data: picture, isError } = useQuery(attachmentPicture(path, file))
  const [url, setUrl] = useState<string>()
  const [isBroken, setIsBroken] = useState(false)
  useEffect(() => {
    if (!picture) return undefined
    const made = URL.createObjectURL(picture)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  if (isError || isBroken) return <Unreadable>This is no picture that can be shown.</Unreadable>
  if (url === undefined) return <Unreadable>Loading…</Unreadable>
  return (
    <img
      alt={file.name}
      className="max-h-[32rem] max-w-full rounded object-contain ring-1 ring-kumo-line"
      onError={() => setIsBroken(true)}
      src={url}
    />
  )
}

function Text({ file, path, isTree }: PreviewProps & { isTree: boolean }) {
  const { data: text, isError } = useQuery(attachmentText(path, file))
  if (isError) return <Unreadable>The file could not be fetched.</Unreadable>
  if (text === undefined) return <Unreadable>Loading…</Unreadable>
  const tree = isTree ? parseTree(text) : undefined
  if (tree !== undefined) {
    return (
      <div className="max-h-[32rem] overflow-auto font-mono text-xs leading-5">
        <ValueView value={tree} />
      </div>
    )
  }
  return (
    <pre className="max-h-[32rem] overflow-auto rounded bg-kumo-recessed p-2 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
      {text}
    </pre>
  )
}

function Unreadable({ children }: { children: string }) {
  return <p className="text-xs text-kumo-subtle">{children}</p>
}

/** What is no JSON after all is shown as the text it is. */
function parseTree(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
