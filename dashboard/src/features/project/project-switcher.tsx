import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { useNavigate } from '@tanstack/react-router'
import type { Project } from '#contract/project.ts'
import { Icon } from '~/ui/icon.tsx'

type ProjectSwitcherProps = { projects: Project[]; org?: string; project?: string }

export function ProjectSwitcher({ projects, org, project }: ProjectSwitcherProps) {
  const navigate = useNavigate()
  const isHere = (each: Project) => each.slug === project && each.organization.slug === org
  const here = projects.find(isHere)
  const manyOrganizations = new Set(projects.map((each) => each.organization.slug)).size > 1
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger
        render={
          <Button
            aria-label="Switch project"
            className="min-w-0 max-w-44 sm:max-w-64"
            size="sm"
            variant="ghost"
          >
            <span className="truncate font-medium">{here?.name ?? project ?? 'Projects'}</span>
            <Icon name="chevronDown" size={12} />
          </Button>
        }
      />
      <DropdownMenu.Content>
        {projects.map((each) => (
          <DropdownMenu.Item
            key={each.id}
            onClick={() =>
              void navigate({
                to: '/$org/$project',
                params: { org: each.organization.slug, project: each.slug },
              })
            }
            selected={isHere(each)}
          >
            {manyOrganizations ? `${each.organization.name} / ${each.name}` : each.name}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
