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
  build: {
    outDir: resolve(here, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    rolldownOptions: {
      output: {
        // What every page needs comes in two files instead of twenty.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|zod|@tanstack)[\\/]/,
            },
            {
              name: 'ui',
              test: /dashboard[\\/]src[\\/](api|ui)[\\/](?!menu-popup)|workers[\\/]contract/,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
})
