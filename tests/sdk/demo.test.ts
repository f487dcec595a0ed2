import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'
import { accepted, listIssues, settledLedger } from './picket.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const { organization, project, state, url } = inject('picket')

const run = promisify(execFile)
const demo = (stateFolder: string) =>
  run(process.execPath, ['scripts/demo.ts'], {
    cwd: ROOT,
    env: { ...process.env, PICKET_STATE: stateFolder },
  })

it('npm run demo fills the product with issues of three apps, and says where they are', async () => {
  const before = await settledLedger()
  const { stdout } = await demo(state)
  expect(stdout).toContain(`${url}/${organization}/${project}`)
  const sent = Number(/(\d+) events/.exec(stdout)?.[1])
  const after = await settledLedger()
  expect(accepted(after, 'error') - accepted(before, 'error')).toBe(sent)
  expect(after.difference).toBe(0)

  const issues = await listIssues()
  const counts = (title: string) =>
    issues.filter((issue) => issue.title.startsWith(title)).map((issue) => Number(issue.count))
  const mostSeen = counts("TypeError: Cannot read properties of undefined (reading 'price')")
  expect(mostSeen).toHaveLength(1)
  expect(mostSeen[0]).toBeGreaterThan(sent / 12)
  expect(counts('PaymentDeclined')).toHaveLength(1)
  expect(counts('ValueError: invalid literal')).toHaveLength(1)
})

it('npm run demo says so when nothing runs here', async () => {
  await expect(demo(path.join(state, 'nowhere'))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('npm start'),
  })
})
