import { defineConfig } from 'vite'

const PAGES = ['index.html', 'react.html', 'feedback.html', 'tunnel.html', 'backoff.html']

/** Not minified: functions keep the names that the tests look for. */
export default defineConfig({ build: { minify: false, rolldownOptions: { input: PAGES } } })
