import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Attachment } from '#contract/attachment.ts'
import { attachmentUrl, eventAttachments } from '~/api/attachment.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Button, buttonLook } from '~/ui/button.tsx'
import { formatBytes } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { fileKind, fileLook } from './file-look.ts'
import { FilePreview } from './file-preview.tsx'

/** Files that came with the event. They may come later or not at all, so the page waits for none. */
export function AttachmentsPanel({ path, eventId }: { path: ProjectPath; eventId: string }) {
  const { data: files, isError } = useQuery(eventAttachments(path, eventId))
  if (isError) {
    return (
      <Panel id="attachments" title="Attachments">
        <p className="text-sm text-kumo-subtle">They could not be listed. Reload to try again.</p>
      </Panel>
    )
  }
  if (files === undefined || files.length === 0) return null
  return (
    <Panel flush id="attachments" note={countText(files)} title="Attachments">
      <ul>
        {files.map((file) => (
          <FileRow file={file} key={file.id} path={path} />
        ))}
      </ul>
    </Panel>
  )
}

/** Pictures and view hierarchies were sent to be seen; other text waits until somebody asks. */
function FileRow({ file, path }: { file: Attachment; path: ProjectPath }) {
  const look = fileLook(file)
  const [isOpen, setIsOpen] = useState(look === 'picture' || look === 'tree')
  let preview: ReactNode = null
  if (isOpen && look !== 'none') {
    preview = (
      <div className="mt-2">
        <FilePreview file={file} look={look} path={path} />
      </div>
    )
  }
  return (
    <li className="border-t border-kumo-hairline px-3 py-2 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 font-mono text-xs wrap-anywhere">{file.name}</span>
        <span className="text-xs text-kumo-subtle">
          {fileKind(file)} · {formatBytes(file.size)}
        </span>
        <div className="ml-auto flex items-center gap-1">
          {look !== 'none' && (
            <Button
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Hide' : 'Show'} ${file.name}`}
              onClick={() => setIsOpen(!isOpen)}
              size="xs"
              variant="ghost"
            >
              {isOpen ? 'Hide' : 'Show'}
            </Button>
          )}
          <a
            aria-label={`Download ${file.name}`}
            className={buttonLook({ size: 'xs', variant: 'ghost' })}
            download={file.name}
            href={attachmentUrl(path, file)}
          >
            Download
          </a>
        </div>
      </div>
      {preview}
    </li>
  )
}

function countText(files: Attachment[]): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return `${files.length === 1 ? '1 file' : `${files.length} files`}, ${formatBytes(bytes)}`
}
