export type Snippet = {
  id: string
  name: string
  /** SDK platform names (`Project.platform`) that make this the one to show first. */
  platforms: string[]
  install?: string
  /** Where the code goes. */
  file: string
  code: (dsn: string) => string
  /** Throws once, so that there is something to see. */
  test?: string
}

export const SNIPPETS: Snippet[] = [
  {
    id: 'javascript',
    name: 'Browser',
    platforms: ['javascript'],
    install: 'npm install @sentry/browser',
    file: 'main.js',
    code: (dsn) => `import * as Sentry from '@sentry/browser'

Sentry.init({
  dsn: '${dsn}',
})`,
    test: "setTimeout(() => { throw new Error('Hello Picket') })",
  },
  {
    id: 'react',
    name: 'React',
    platforms: ['javascript-react', 'react'],
    install: 'npm install @sentry/react',
    file: 'main.jsx',
    code: (dsn) => `import * as Sentry from '@sentry/react'
import { createRoot } from 'react-dom/client'

Sentry.init({ dsn: '${dsn}' })

createRoot(document.getElementById('root'), {
  onUncaughtError: Sentry.reactErrorHandler(),
  onCaughtError: Sentry.reactErrorHandler(),
  onRecoverableError: Sentry.reactErrorHandler(),
}).render(<App />)`,
    test: "<button onClick={() => { throw new Error('Hello Picket') }}>Break</button>",
  },
  {
    id: 'node',
    name: 'Node',
    platforms: ['node'],
    install: 'npm install @sentry/node',
    file: 'instrument.mjs — start with: node --import ./instrument.mjs app.mjs',
    code: (dsn) => `import * as Sentry from '@sentry/node'

Sentry.init({ dsn: '${dsn}' })`,
    test: "setTimeout(() => { throw new Error('Hello Picket') })",
  },
  {
    id: 'express',
    name: 'Express',
    platforms: ['node-express'],
    install: 'npm install @sentry/node',
    file: 'app.mjs — start with: node --import ./instrument.mjs app.mjs',
    code: (dsn) => `// instrument.mjs
import * as Sentry from '@sentry/node'
Sentry.init({ dsn: '${dsn}' })

// app.mjs
import * as Sentry from '@sentry/node'
import express from 'express'

const app = express()
app.get('/debug', () => { throw new Error('Hello Picket') })

// After all routes, before other error handlers
Sentry.setupExpressErrorHandler(app)
app.listen(3000)`,
    test: 'curl http://localhost:3000/debug',
  },
  {
    id: 'python',
    name: 'Python',
    platforms: ['python'],
    install: 'pip install sentry-sdk',
    file: 'main.py',
    code: (dsn) => `import sentry_sdk

sentry_sdk.init(dsn="${dsn}")`,
    test: '1 / 0',
  },
  {
    id: 'flask',
    name: 'Flask',
    platforms: ['python-flask'],
    install: 'pip install "sentry-sdk[flask]"',
    file: 'app.py',
    code: (dsn) => `import sentry_sdk
from flask import Flask

sentry_sdk.init(dsn="${dsn}")
app = Flask(__name__)

@app.get("/debug")
def debug():
    1 / 0`,
    test: 'curl http://localhost:5000/debug',
  },
  {
    id: 'django',
    name: 'Django',
    platforms: ['python-django'],
    install: 'pip install "sentry-sdk[django]"',
    file: 'settings.py',
    code: (dsn) => `import sentry_sdk

sentry_sdk.init(dsn="${dsn}")

# urls.py
urlpatterns = [path("debug/", lambda request: 1 / 0)]`,
    test: 'curl http://localhost:8000/debug/',
  },
  {
    id: 'go',
    name: 'Go',
    platforms: ['go'],
    install: 'go get github.com/getsentry/sentry-go',
    file: 'main.go',
    code: (dsn) => `package main

import (
	"errors"
	"log"
	"time"

	"github.com/getsentry/sentry-go"
)

func main() {
	if err := sentry.Init(sentry.ClientOptions{Dsn: "${dsn}"}); err != nil {
		log.Fatal(err)
	}
	defer sentry.Flush(2 * time.Second)

	sentry.CaptureException(errors.New("Hello Picket"))
}`,
  },
  {
    id: 'java',
    name: 'Java / Spring',
    platforms: ['java', 'java-spring', 'java-spring-boot'],
    install: "implementation 'io.sentry:sentry-spring-boot-starter-jakarta:8.0.0'",
    file: 'src/main/resources/application.properties',
    code: (dsn) => `sentry.dsn=${dsn}`,
    test: 'Sentry.captureException(new IllegalStateException("Hello Picket"));',
  },
  {
    id: 'curl',
    name: 'curl',
    platforms: [],
    file: 'In a terminal',
    code: curlCommand,
  },
]

/** Which snippet to show when the URL names none. */
export function snippetFor(platform: string | null): Snippet {
  const found = SNIPPETS.find((each) => platform !== null && each.platforms.includes(platform))
  const family = SNIPPETS.find((each) => platform?.startsWith(`${each.platforms[0]}-`))
  return found ?? family ?? SNIPPETS[0]!
}

function curlCommand(dsn: string): string {
  const { origin, username, pathname } = new URL(dsn)
  const parts = pathname.split('/')
  const projectId = parts.pop()
  const prefix = parts.join('/')
  return `curl '${origin}${prefix}/api/${projectId}/store/' \\
  -H 'Content-Type: application/json' \\
  -H 'X-Sentry-Auth: Sentry sentry_version=7, sentry_key=${username}' \\
  -d '{"message": "Hello Picket", "level": "error", "platform": "other"}'`
}
