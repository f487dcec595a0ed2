import { useNavigate } from '@tanstack/react-router'
import type { Project } from '#contract/project.ts'
import { Icon } from '~/ui/icon.tsx'
import { MenuButton } from '~/ui/menu-button.tsx'

type ProjectSwitcherProps = { projects: Project[]; org?: string; project?: string }

/** Names the project these pages are about, and leads to the others. */
export function ProjectSwitcher({ projects, org, project }: ProjectSwitcherProps) {
  const navigate = useNavigate()
  const isHere = (each: Project) => each.slug === project && each.organization.slug === org
  const here = projects.find(isHere)
  const organizations = [...new Set(projects.map((each) => each.organization.slug))]
  const open = (each: Project) =>
    void navigate({
      to: '/$org/$project',
      params: { org: each.organization.slug, project: each.slug },
    })
  return (
    <MenuButton
      aria-label="Switch project"
      className="min-w-0 shrink! text-sm!"
      groups={organizations.map((slug) => {
        const own = projects.filter((each) => each.organization.slug === slug)
        return {
          name: own[0]?.organization.name ?? slug,
          entries: own.map((each) => ({
            name: each.name,
            isChosen: isHere(each),
            run: () => open(each),
          })),
        }
      })}
      variant="ghost"
    >
      <span className="max-w-24 truncate sm:max-w-56">{here?.name ?? project ?? 'Projects'}</span>
      <Icon name="chevronDown" size={12} />
    </MenuButton>
  )
}
