type CheckBoxProps = {
  label: string
  checked: boolean
  isMixed?: boolean
  onChange: (checked: boolean) => void
}

/** The browser's own checkbox in our colour; its target is larger than its square. */
export function CheckBox({ label, checked, isMixed = false, onChange }: CheckBoxProps) {
  return (
    <label className="-m-2.5 flex cursor-pointer p-2.5">
      <input
        aria-label={label}
        checked={checked}
        className="tick size-4 cursor-pointer appearance-none rounded bg-kumo-control ring ring-kumo-interact ring-inset checked:bg-kumo-brand checked:ring-transparent indeterminate:bg-kumo-brand indeterminate:ring-transparent"
        onChange={(event) => onChange(event.target.checked)}
        ref={(input) => {
          if (input) input.indeterminate = isMixed
        }}
        type="checkbox"
      />
    </label>
  )
}
