import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  schema: './workers/store/schema/*.ts',
  out: './migrations',
})
