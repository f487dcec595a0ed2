import { CommandPalette } from '@cloudflare/kumo/components/command-palette'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import type { Issue } from '#contract/issue.ts'
import { issueList } from '~/api/issue.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Icon } from '~/ui/icon.tsx'
import { KeyCap } from '~/ui/key-cap.tsx'
import { type Command, offeredCommands } from '~/ui/use-commands.ts'

type Group = { name: string; commands: Command[] }

/** Shorter than this, a search would match nearly everything. */
const SEARCH_MIN = 2
const ISSUES_MAX = 8

type PaletteProps = { path: ProjectPath | undefined; onClose: () => void }

/** What the page can do right now, and the project's issues, by name. */
export default function Palette({ path, onClose }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const [commands] = useState(offeredCommands)
  const issues = useFoundIssues(path, useDeferredValue(typed.trim()))
  const groups: Group[] = [
    { name: 'Commands', commands: commands.filter(({ name }) => matches(name, typed)) },
    { name: 'Issues', commands: issues },
  ].filter((group) => group.commands.length > 0)
  const run = (command: Command) => {
    onClose()
    command.run()
  }
  return (
    <CommandPalette.Root
      getSelectableItems={(all) => all.flatMap((group) => group.commands)}
      items={groups}
      itemToStringValue={(group) => group.name}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      onSelect={run}
      onValueChange={setTyped}
      open
      value={typed}
    >
      <CommandPalette.Input placeholder="Go to a page, find an issue, do something…" />
      <CommandPalette.List>
        <CommandPalette.Results>
          {(group: Group) => (
            <CommandPalette.Group items={group.commands} key={group.name}>
              <CommandPalette.GroupLabel>{group.name}</CommandPalette.GroupLabel>
              <CommandPalette.Items>
                {(command: Command) => (
                  <CommandPalette.Item
                    key={command.name}
                    onClick={() => run(command)}
                    value={command}
                  >
                    <span className="flex w-full min-w-0 items-center gap-3 text-sm">
                      <span className="text-kumo-subtle">
                        <Icon name={command.icon ?? 'chevronRight'} />
                      </span>
                      <span className="min-w-0 flex-1 truncate">{command.name}</span>
                      {command.key !== undefined && <KeyCap>{command.key}</KeyCap>}
                    </span>
                  </CommandPalette.Item>
                )}
              </CommandPalette.Items>
            </CommandPalette.Group>
          )}
        </CommandPalette.Results>
        <CommandPalette.Empty>Nothing of that name here.</CommandPalette.Empty>
      </CommandPalette.List>
    </CommandPalette.Root>
  )
}

function useFoundIssues(path: ProjectPath | undefined, text: string): Command[] {
  const navigate = useNavigate()
  const place = path ?? { org: '', project: '' }
  const { data } = useQuery({
    ...issueList(place, { query: text, sort: 'date' }),
    enabled: path !== undefined && text.length >= SEARCH_MIN,
    refetchInterval: false,
    // Keeps the last results in view while the next ones are on their way.
    placeholderData: (before) => (text.length >= SEARCH_MIN ? before : undefined),
  })
  const open = (issue: Issue) =>
    void navigate({
      to: '/$org/$project/issues/$issueId',
      params: { ...place, issueId: issue.id },
    })
  return (data?.issues ?? []).slice(0, ISSUES_MAX).map((issue) => ({
    name: `${issue.shortId}  ${issue.title}`,
    icon: 'list',
    run: () => open(issue),
  }))
}

/** Every word typed is somewhere in the name. */
function matches(name: string, typed: string): boolean {
  const low = name.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word))
}
