import { Link } from '@tanstack/react-router'
import type { ProjectPath } from '~/api/project.ts'
import { CodeBlock } from './code-block.tsx'
import { SNIPPETS, type Snippet } from './snippet.ts'

type SetupGuideProps = { path: ProjectPath; dsn: string; snippet: Snippet }

/** DSN, then the steps for the chosen platform. */
export function SetupGuide({ path, dsn, snippet }: SetupGuideProps) {
  const steps: { title: string; code: string }[] = [
    ...(snippet.install ? [{ title: 'Install', code: snippet.install }] : []),
    { title: snippet.file, code: snippet.code(dsn) },
    ...(snippet.test ? [{ title: 'Break something on purpose', code: snippet.test }] : []),
  ]
  return (
    <div className="space-y-4">
      <CodeBlock code={dsn} title="DSN, the address SDKs send to" wraps />
      <nav aria-label="Platform" className="flex flex-wrap gap-1">
        {SNIPPETS.map((each) => (
          <Link
            aria-current={each.id === snippet.id ? 'page' : undefined}
            className={`rounded-md px-2.5 py-1 text-sm pointer-coarse:py-1.5 ${
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
        {steps.map(({ title, code }, i) => (
          <li key={title}>
            <CodeBlock code={code} title={steps.length > 1 ? `${i + 1}. ${title}` : title} />
          </li>
        ))}
      </ol>
    </div>
  )
}
