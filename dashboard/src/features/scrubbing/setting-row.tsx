import { Badge } from '~/ui/badge.tsx'
import { Switch } from '~/ui/switch.tsx'

type SettingRowProps = {
  name: string
  says: string
  isOn: boolean
  /** The organization asks for it: it is on, and stays on. */
  isAskedFor: boolean
  /** It could change nothing now. */
  isIdle?: boolean
  onChange: (isOn: boolean) => void
}

/** A switch with its name and what it does. */
export function SettingRow(props: SettingRowProps) {
  const { name, says, isOn, isAskedFor, isIdle = false, onChange } = props
  return (
    <li className="flex items-start gap-3.5 px-3.5 py-2.5">
      <div className="pt-0.5">
        <Switch
          isDisabled={isAskedFor || isIdle}
          isOn={isOn || isAskedFor}
          label={name}
          onChange={onChange}
        />
      </div>
      <div className={`min-w-0 flex-1 ${isIdle ? 'opacity-60' : ''}`}>
        <h3 className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {name}
          {isAskedFor && <Badge tone="info">the organization asks for it</Badge>}
        </h3>
        <p className="text-sm text-kumo-subtle">{says}</p>
      </div>
    </li>
  )
}
