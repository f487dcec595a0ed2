import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const backend = `http://localhost:${process.env.PORT ?? '8787'}`

export default defineConfig({
  root: here,
  plugins: [
    tanstackRouter({
      target: 'react',
      autoCodeSplitting: true,
      routesDirectory: resolve(here, 'src/routes'),
      generatedRouteTree: resolve(here, 'src/routeTree.gen.ts'),
      quoteStyle: 'single',
      semicolons: false,
    }),
    react(),
    tailwindcss(),
  ],
  resolve: {
    alias: { '~': resolve(here, 'src'), '#contract': resolve(here, '../workers/contract') },
  },
  server: { proxy: { '/api': backend } },
  build: { outDir: resolve(here, 'dist'), emptyOutDir: true, target: 'es2022', manifest: true },
})
