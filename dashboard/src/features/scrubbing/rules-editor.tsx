import { useRef } from 'react'
import { Button } from '~/ui/button.tsx'
import { Panel } from '~/ui/panel.tsx'
import type { RuleProblem } from './place.ts'

const EXAMPLE = `{
  "rules": {
    "badge": {
      "type": "pattern",
      "pattern": "B-[0-9]{4}",
      "redaction": { "method": "mask" }
    }
  },
  "applications": {
    "$string": ["badge"],
    "extra.passport": ["@anything:remove"]
  }
}
`

type RulesEditorProps = {
  text: string
  problems: RuleProblem[]
  /** The organization has rules of its own, which come first. */
  hasOrganizationRules: boolean
  onChange: (text: string) => void
}

/** Advanced rules as JSON, with what is wrong at its line. */
export function RulesEditor({ text, problems, hasOrganizationRules, onChange }: RulesEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLPreElement>(null)
  const lines = text.split('\n')
  const wrong = new Set(problems.map(({ line }) => line))
  const goTo = (line: number) => {
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
    area.current?.focus()
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  }
  return (
    <Panel
      actions={
        text.trim() === '' ? (
          <Button onClick={() => onChange(EXAMPLE)} size="xs">
            Start from an example
          </Button>
        ) : (
          <Button disabled={!isJson(text)} onClick={() => onChange(tidied(text))} size="xs">
            Tidy up
          </Button>
        )
      }
      flush
      note={hasOrganizationRules ? 'after those of the organization' : 'before all others'}
      title="Advanced rules"
    >
      <RulesHelp />
      <div
        className={`flex max-h-96 overflow-hidden border-y bg-kumo-control font-mono text-base leading-5 sm:text-xs sm:leading-5 ${
          problems.length > 0 ? 'border-kumo-danger' : 'border-kumo-hairline'
        }`}
      >
        <pre
          aria-hidden="true"
          className="shrink-0 overflow-hidden py-2 pr-2 pl-3 text-right text-kumo-subtle select-none"
          ref={gutter}
        >
          {lines.map((_, i) => (
            <span
              className={wrong.has(i + 1) ? 'block font-semibold text-kumo-danger' : 'block'}
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={i}
            >
              {i + 1}
            </span>
          ))}
        </pre>
        <textarea
          aria-invalid={problems.length > 0}
          aria-label="Advanced rules"
          className="min-w-0 flex-1 resize-none overflow-auto bg-transparent py-2 pr-3 pl-1 whitespace-pre outline-none"
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
          ref={area}
          rows={Math.min(18, Math.max(4, lines.length))}
          spellCheck={false}
          value={text}
          wrap="off"
        />
      </div>
      {problems.length > 0 && (
        <div role="alert">
          <ul aria-label="Problems" className="divide-y divide-kumo-hairline">
            {problems.map(({ line, text: words }) => (
              <li key={`${line}:${words}`}>
                <button
                  className="flex w-full cursor-pointer gap-3 px-3.5 py-2 text-left text-sm hover:bg-kumo-tint"
                  onClick={() => goTo(line)}
                  type="button"
                >
                  <span className="shrink-0 font-medium text-kumo-danger">Line {line}</span>
                  <span className="min-w-0 wrap-anywhere">{words}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}

const TERMS: [name: string, words: string][] = [
  ['applications', 'which rules apply where: a selector, and the names of rules'],
  ['rules', 'your own, by name: pattern, redact_pair, multiple, alias, or a built-in type'],
  ['selectors', 'extra.card, request.headers.Cookie, $string, $error.value, **; && || ! join them'],
  ['built in', '@ip @email @creditcard @iban @usssn @imei @mac @uuid @pemkey @urlauth @userpath'],
  ['methods', '@email:mask, :hash, :remove, :replace, or "redaction": { "method": "mask" }'],
]

function RulesHelp() {
  return (
    <details className="group px-3.5 py-2 text-sm text-kumo-subtle">
      <summary>
        Rules as Sentry writes them, in JSON.{' '}
        <span className="text-kumo-link group-open:hidden">Words to use</span>
      </summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {TERMS.map(([name, words]) => (
          <div className="col-span-2 grid grid-cols-subgrid" key={name}>
            <dt className="font-medium text-kumo-default">{name}</dt>
            <dd className="font-mono wrap-anywhere">{words}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false // the button that needs it is disabled
  }
}

function tidied(text: string): string {
  return `${JSON.stringify(JSON.parse(text), null, 2)}\n`
}
