import { defineConfig } from 'vite'

/** Not minified: functions keep the names that the tests look for. */
export default defineConfig({
  build: { minify: false, rolldownOptions: { input: ['index.html'] } },
})
