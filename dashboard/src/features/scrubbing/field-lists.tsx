import { Panel } from '~/ui/panel.tsx'
import { TextArea } from '~/ui/text-area.tsx'
import type { DraftProps } from './scrubbing-switches.tsx'

/** Fields by name: which always go, and which always stay. */
export function FieldLists({ draft, organization, onChange }: DraftProps) {
  return (
    <Panel note="one name a line" title="Fields">
      <div className="grid items-end gap-4 py-1 sm:grid-cols-2">
        <TextArea
          hint="A value whose key, or text, contains one of these is filtered."
          label="Sensitive fields"
          onChange={(event) => onChange({ sensitiveFields: event.target.value })}
          placeholder="badge_number"
          rows={rowsFor(draft.sensitiveFields)}
          value={draft.sensitiveFields}
        />
        <TextArea
          hint="Keys, or selectors, that rules pass over. Advanced rules do not."
          label="Safe fields"
          onChange={(event) => onChange({ safeFields: event.target.value })}
          placeholder="order_token"
          rows={rowsFor(draft.safeFields)}
          value={draft.safeFields}
        />
      </div>
      <OrganizationFields
        safe={organization?.safeFields ?? []}
        sensitive={organization?.sensitiveFields ?? []}
      />
    </Panel>
  )
}

function OrganizationFields({ sensitive, safe }: { sensitive: string[]; safe: string[] }) {
  if (sensitive.length + safe.length === 0) return null
  return (
    <p className="pb-1 text-xs text-kumo-subtle">
      The organization adds
      {sensitive.length > 0 && (
        <>
          {' '}
          as sensitive: <span className="font-mono">{sensitive.join(', ')}</span>
        </>
      )}
      {safe.length > 0 && (
        <>
          {sensitive.length > 0 ? ';' : ''} as safe:{' '}
          <span className="font-mono">{safe.join(', ')}</span>
        </>
      )}
      .
    </p>
  )
}

function rowsFor(text: string): number {
  return Math.min(10, Math.max(3, text.split('\n').length))
}
