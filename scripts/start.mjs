import { installPackages, runWithNode } from './install.mjs'

installPackages()
runWithNode(['scripts/dev.ts'])
