import {
  BreadcrumbsData,
  type Event,
  ExceptionData,
  type Frame,
  MessageData,
  RequestData,
} from '#contract/event.ts'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { describeCrumb } from './crumb-text.ts'
import { describeFrame, sourceOf } from './frame-text.ts'

const FRAMES_MAX = 30
const BREADCRUMBS_MAX = 15

/** An event as Markdown: what a colleague or an agent needs to start, without a login. */
export function eventMarkdown(event: Event, url: string): string {
  const entry = (type: string) => event.entries.find((each) => each.type === type)?.data
  return [
    `# ${oneLine(event.title)}`,
    factsOf(event, url),
    messageOf(entry('message')),
    exceptionsOf(entry('exception')),
    requestOf(entry('request')),
    breadcrumbsOf(entry('breadcrumbs')),
    section(
      'Tags',
      event.tags.map(({ key, value }) => `- ${key}: ${oneLine(value ?? '')}`),
    ),
    section(
      'Extra',
      asPairs(event.context).map(([key, value]) => `- ${key}: ${oneLine(asText(value))}`),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function factsOf(event: Event, url: string): string {
  const facts: [string, unknown][] = [
    ['Culprit', event.culprit],
    ['When', event.dateCreated],
    ['Platform', event.platform],
    ['Event', event.eventID],
    ['Link', url],
  ]
  return facts
    .flatMap(([name, value]) => (isBlank(value) ? [] : `- ${name}: ${oneLine(asText(value))}`))
    .join('\n')
}

function messageOf(data: unknown): string {
  const message = MessageData.safeParse(data).data
  const text = asText(message?.formatted) || asText(message?.message)
  return text === '' ? '' : `## Message\n\n${fence(text)}`
}

function exceptionsOf(data: unknown): string {
  const values = ExceptionData.safeParse(data).data?.values ?? []
  return values
    .filter((value) => value !== null)
    .toReversed()
    .map((value, i) => {
      const frames = (value.stacktrace?.frames ?? []).filter((frame) => frame !== null)
      const heading = `## ${i === 0 ? '' : 'Caused by: '}${oneLine(asText(value.type) || 'Exception')}`
      const says = isBlank(value.value) ? '' : `${asText(value.value)}\n\n`
      return `${heading}\n\n${fence(`${says}${framesText(frames)}`.trim())}`
    })
    .join('\n\n')
}

function framesText(oldestFirst: Frame[]): string {
  const frames = oldestFirst.toReversed()
  const lines = frames.slice(0, FRAMES_MAX).flatMap((frame, i) => {
    const { name, place, isInApp } = describeFrame(frame)
    const line = `${isInApp ? '>' : ' '} ${name} (${place})`
    const own = frames.findIndex((each) => each.inApp === true && sourceOf(each).length > 0)
    if (i !== own) return [line]
    return [
      line,
      ...sourceOf(frame).map(([n, text]) => `${n === frame.lineNo ? '  →' : '   '} ${n} | ${text}`),
    ]
  })
  if (frames.length > FRAMES_MAX) lines.push(`  … ${frames.length - FRAMES_MAX} more frames`)
  return lines.join('\n')
}

function requestOf(data: unknown): string {
  const request = RequestData.safeParse(data).data
  if (!request || isBlank(request.url)) return ''
  return `## Request\n\n\`${oneLine(`${asText(request.method) || 'GET'} ${asText(request.url)}`)}\``
}

function breadcrumbsOf(data: unknown): string {
  const crumbs = (BreadcrumbsData.safeParse(data).data?.values ?? []).filter(
    (each) => each !== null,
  )
  const lines = crumbs.slice(-BREADCRUMBS_MAX).map((crumb) => {
    const { kind, line, rest } = describeCrumb(crumb)
    const says = line || asText(Object.fromEntries(rest))
    return `- ${asText(crumb.timestamp)} ${kind}: ${oneLine(says)}`
  })
  return section('Breadcrumbs (oldest first)', lines)
}

function section(title: string, lines: string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.join('\n')}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 500)
}

/** A fence longer than any run of backticks inside, so that content cannot end it. */
function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}\n${text}\n${mark}`
}
