type SwitchProps = {
  label: string
  isOn: boolean
  isDisabled?: boolean
  onChange: (isOn: boolean) => void
}

/** On or off, in force at once. Its target is larger than what is seen of it. */
export function Switch({ label, isOn, isDisabled = false, onChange }: SwitchProps) {
  return (
    <button
      aria-checked={isOn}
      aria-label={label}
      className="-m-2 flex shrink-0 cursor-pointer rounded-full p-2 disabled:cursor-default disabled:opacity-45"
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
      role="switch"
      type="button"
    >
      <span
        className={`flex h-5 w-9 rounded-full p-0.5 transition-colors ${isOn ? 'bg-kumo-brand' : 'bg-kumo-interact'}`}
      >
        <span
          className={`size-4 rounded-full bg-white shadow-xs transition-transform ${isOn ? 'translate-x-4' : ''}`}
        />
      </span>
    </button>
  )
}
