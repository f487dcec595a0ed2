import { RequestData } from '#contract/event.ts'
import { CopyButton } from '~/ui/copy-button.tsx'
import { FieldList } from '~/ui/field-list.tsx'
import { OutsideLink } from '~/ui/outside-link.tsx'
import { Panel } from '~/ui/panel.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { ValueView } from '~/ui/value-view.tsx'
import { webAddress } from '~/ui/web-address.ts'

/** The HTTP request that was being answered. */
export function RequestPanel({ data }: { data: unknown }) {
  const request = RequestData.safeParse(data).data ?? {}
  const url = asText(request.url)
  const fragment = isBlank(request.fragment) ? '' : `#${asText(request.fragment)}`
  const href = webAddress(url)
  const known = ['method', 'url', 'query', 'fragment', 'data', 'headers', 'cookies', 'env']
  const rest = Object.entries(request).filter(
    ([key, value]) => !known.includes(key) && !isBlank(value),
  )
  return (
    <Panel
      actions={url !== '' && <CopyButton copy={url} label="Copy URL" />}
      id="request"
      title="Request"
    >
      <p className="font-mono text-xs leading-5 wrap-anywhere">
        <span className="mr-2 font-semibold">{asText(request.method) || 'GET'}</span>
        {url}
        {fragment}
        {href !== undefined && <OutsideLink href={href} />}
      </p>
      <Part name="Query" value={request.query} />
      <Part name="Body" value={request.data} />
      <Part name="Headers" value={request.headers} />
      <Part name="Cookies" value={request.cookies} />
      <Part name="Environment" value={request.env} />
      {rest.length > 0 && <Part name="Other" value={Object.fromEntries(rest)} />}
    </Panel>
  )
}

function Part({ name, value }: { name: string; value: unknown }) {
  if (isBlank(value)) return null
  const pairs = asPairs(value)
  return (
    <div className="mt-3">
      <h3 className="mb-0.5 text-xs font-semibold text-kumo-subtle">{name}</h3>
      {pairs.length > 0 ? (
        <FieldList pairs={pairs} />
      ) : (
        <div className="font-mono text-xs leading-5">
          <ValueView value={value} />
        </div>
      )}
    </div>
  )
}
