// Runs before the first paint, as a file of its own so that no inline script needs allowing.
// `picket.theme` is written by src/ui/theme.ts.
;(() => {
  const chosen = localStorage.getItem('picket.theme')
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mode = dark ? 'dark' : 'light'
})()
