import { installPackages, runWithNode } from './install.mjs'

installPackages()
runWithNode(['scripts/test.ts', ...process.argv.slice(2)])
