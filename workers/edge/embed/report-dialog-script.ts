/** Words of the dialog; a page may give its own by the parameter of the same name. */
const WORDS = {
  title: 'It looks like we’re having issues.',
  subtitle: 'Our team has been notified.',
  subtitle2: 'If you’d like to help, tell us what happened below.',
  labelName: 'Name',
  labelEmail: 'Email',
  labelComments: 'What happened?',
  labelClose: 'Close',
  labelSubmit: 'Submit',
  errorFormEntry: 'Please say what happened, and check your email address.',
  errorGeneric: 'Your report could not be sent. Please try again.',
  successMessage: 'Your feedback has been sent. Thank you!',
}
const WORD_CHARACTERS_MAX = 500

/**
 * The script an SDK loads to open the dialog. Everything a stranger may have put into the address goes
 * in as one JSON literal and reaches the page by `textContent` and `value`, never as markup.
 */
export function reportDialogScript(url: URL): string {
  const parameter = (name: string): string =>
    (url.searchParams.get(name) ?? '').slice(0, WORD_CHARACTERS_MAX)
  const words = Object.fromEntries(
    Object.entries(WORDS).map(([name, word]) => [name, parameter(name) || word]),
  )
  const target = new URL(url)
  for (const name of [...target.searchParams.keys()]) {
    if (name !== 'dsn' && name !== 'eventId') target.searchParams.delete(name)
  }
  const settings = {
    words,
    target: target.href,
    name: parameter('name'),
    email: parameter('email'),
  }
  return `(${openDialog})(${scriptLiteral(settings)})`
}

/** JSON that is safe inside a script, wherever somebody may inline it. */
function scriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** Runs in the visitor's page; plain ES2015, for old browsers are where things crash. */
const openDialog = `function (settings) {
  var words = settings.words
  function make(tag, style, text) {
    var node = document.createElement(tag)
    node.style.cssText = style
    if (text) node.textContent = text
    return node
  }
  var font = 'font:16px/1.5 system-ui,sans-serif;color:#1f2430;'
  var shade = make('div', 'position:fixed;inset:0;z-index:2147483647;background:rgba(15,18,25,.55);display:flex;align-items:center;justify-content:center;padding:16px;')
  var form = make('form', font + 'background:#fff;border-radius:12px;max-width:520px;width:100%;max-height:90vh;overflow:auto;padding:28px;box-sizing:border-box;')
  form.setAttribute('role', 'dialog')
  form.setAttribute('aria-modal', 'true')
  form.setAttribute('aria-label', words.title)
  form.appendChild(make('h2', font + 'font-size:20px;font-weight:600;margin:0 0 4px;', words.title))
  form.appendChild(make('p', font + 'color:#5a6372;margin:0 0 20px;', words.subtitle + ' ' + words.subtitle2))
  function field(label, tag, type, value) {
    var row = make('label', font + 'display:block;font-weight:500;margin:0 0 14px;', label)
    var input = make(tag, font + 'display:block;width:100%;box-sizing:border-box;margin-top:4px;padding:8px 10px;border:1px solid #c6cbd4;border-radius:8px;background:#fff;')
    if (type) input.type = type
    if (value) input.value = value
    row.appendChild(input)
    form.appendChild(row)
    return input
  }
  var name = field(words.labelName, 'input', 'text', settings.name)
  var email = field(words.labelEmail, 'input', 'email', settings.email)
  var comments = field(words.labelComments, 'textarea', '', '')
  comments.rows = 5
  comments.required = true
  var note = make('p', font + 'margin:0 0 14px;min-height:24px;')
  note.setAttribute('role', 'status')
  form.appendChild(note)
  var buttons = make('div', 'display:flex;gap:10px;justify-content:flex-end;')
  var plain = font + 'padding:8px 16px;border-radius:8px;border:1px solid #c6cbd4;background:#fff;cursor:pointer;'
  var close = make('button', plain, words.labelClose)
  close.type = 'button'
  var submit = make('button', plain + 'background:#1f2430;border-color:#1f2430;color:#fff;', words.labelSubmit)
  buttons.appendChild(close)
  buttons.appendChild(submit)
  form.appendChild(buttons)
  shade.appendChild(form)
  function dismiss() {
    shade.remove()
    document.removeEventListener('keydown', onKey)
    window.postMessage('__sentry_reportdialog_closed__', window.location.origin === 'null' ? '*' : window.location.origin)
  }
  function onKey(event) { if (event.key === 'Escape') dismiss() }
  document.addEventListener('keydown', onKey)
  close.addEventListener('click', dismiss)
  shade.addEventListener('click', function (event) { if (event.target === shade) dismiss() })
  form.addEventListener('submit', function (event) {
    event.preventDefault()
    note.textContent = ''
    submit.disabled = true
    var request = new XMLHttpRequest()
    request.open('POST', settings.target)
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded')
    request.onload = function () {
      submit.disabled = false
      if (request.status === 200) {
        form.textContent = ''
        form.appendChild(make('p', font + 'margin:0 0 16px;', words.successMessage))
        form.appendChild(close)
        close.focus()
      } else {
        note.textContent = request.status === 400 ? words.errorFormEntry : words.errorGeneric
      }
    }
    request.onerror = function () {
      submit.disabled = false
      note.textContent = words.errorGeneric
    }
    function pair(key, value) { return key + '=' + encodeURIComponent(value) }
    request.send([pair('name', name.value), pair('email', email.value), pair('comments', comments.value)].join('&'))
  })
  document.body.appendChild(shade)
  comments.focus()
}`
