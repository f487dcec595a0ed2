import { Link } from '@tanstack/react-router'
import type { ProjectPath } from '~/api/project.ts'
import { CodeBlock } from './code-block.tsx'
import { SNIPPETS, type Snippet } from './snippet.ts'

type SetupGuideProps = { path: ProjectPath; dsn: string; snippet: Snippet }

/** DSN, then three steps for the chosen platform. */
export function SetupGuide({ path, dsn, snippet }: SetupGuideProps) {
  return (
    <div className="space-y-4">
      <CodeBlock code={dsn} title="Your DSN: where SDKs send to" />
      <nav aria-label="Platform" className="flex flex-wrap gap-1">
        {SNIPPETS.map((each) => (
          <Link
            className={`rounded-md px-2.5 py-1 text-sm ${
              each.id === snippet.id
                ? 'bg-kumo-contrast text-kumo-inverse'
                : 'text-kumo-subtle hover:bg-kumo-tint hover:text-kumo-default'
            }`}
            key={each.id}
            params={path}
            replace
            resetScroll={false}
            search={{ platform: each.id }}
            to="/$org/$project/getting-started"
          >
            {each.name}
          </Link>
        ))}
      </nav>
      <ol className="space-y-3">
        {snippet.install !== undefined && (
          <li>
            <CodeBlock code={snippet.install} title="1. Install" />
          </li>
        )}
        <li>
          <CodeBlock
            code={snippet.code(dsn)}
            title={`${snippet.install === undefined ? 'Send one by hand from' : '2. Start it as early as you can, in'} ${snippet.file}`}
          />
        </li>
        {snippet.test !== undefined && (
          <li>
            <CodeBlock code={snippet.test} title="3. Break something on purpose" />
          </li>
        )}
      </ol>
    </div>
  )
}
