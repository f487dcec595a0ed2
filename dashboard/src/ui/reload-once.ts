/** Soon after one reload another would not help: the file is missing for good. */
const AGAIN_MS = 60_000
const KEY = 'picket.reloaded'

/**
 * A page that stayed open while a new version was deployed asks for files that are gone. Starts it
 * anew, once, at the address where it stands.
 */
export function reloadWhenOutdated() {
  window.addEventListener('vite:preloadError', () => {
    if (Date.now() - Number(sessionStorage.getItem(KEY)) < AGAIN_MS) return
    sessionStorage.setItem(KEY, String(Date.now()))
    window.location.reload()
  })
}
