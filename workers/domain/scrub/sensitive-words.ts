/*
 * What secrets are called. Sentry's list (spec/event-processing.md §5.2, `password`) looks for parts
 * of words, and so takes `author` for `auth` and `tokenizer` for `token`; the refined list knows
 * better and is the default. Ours adds the names people use besides.
 */

/** Sentry's: the key contains one of these. */
export const KEY_WORDS =
  /passw(?:or)?d|secret|token|api[_-]?key|auth|credentials|mysql_pwd|private[_-]?key|^(?:otp|two[_-]factor)$/i

/** Sentry's: the text contains one of these, and so is not kept at all. */
export const TEXT_WORDS =
  /passw(?:or)?d|secret|token[^\s:=]{0,20}\s{0,3}[:=]|api[_-]?key|auth|credentials|mysql_pwd|private[_-]?key|^(?:otp|two[_-]factor)$/i

/** Not `author`, `authority`, `authentic`, `unauthorized`, but `authorization`, `authenticate`. */
const AUTH = '(?<!un)auth(?!or(?!i[sz](?:ation|e(?!d)))|entic(?!at(?:ion|or|e(?!d))))'
/** Not `passwordless`, `secretary`, `secretion`. */
const REST =
  'passw(?:or)?d(?!less)|secret(?!ar|ion)|api[_-]?key|credentials|mysql_pwd|private[_-]?key'
/** Not `tokenizer`, nor the `PublicKeyToken` and `CancellationToken` of .NET. */
const TOKEN = '(?<!public_?key_?|cancellation_?)token(?!i[sz])'
/** `max_tokens: 512` */
const NO_COUNT = '(?!s[\\\\"\']{0,3}\\s?[:=]\\s?\\d{1,9}(?![\\w.]))'
/** What parsers complain about. */
const NOT_PARSER = '(?<!(?:unexpected|expected|illegal|invalid|near) )'
/** What stands between a key and its value, but neither `::` nor `://`. */
const SEPARATED = '[\\w-]{0,20}[\\\\"\'\\]]{0,3}\\s{0,3}(?:=|:(?!:|//))'

/** Refined: as `KEY_WORDS`, less the harmless words. */
export const REFINED_KEY_WORDS = new RegExp(`${AUTH}|${REST}|${TOKEN}|^(?:otp|two[_-]factor)$`, 'i')

/** Refined: as `TEXT_WORDS`, less the harmless words; `auth` only as the key of a value. */
export const REFINED_TEXT_WORDS = new RegExp(
  `${REST}|${AUTH}${SEPARATED}|${NOT_PARSER}${TOKEN}${NO_COUNT}${SEPARATED}|^(?:otp|two[_-]factor)$`,
  'i',
)

/** Of a language model's bill, not a secret: `max_tokens: 512`. Only where the value is a number. */
export const TOKEN_COUNT = /tokens(?:$|[._-])|token[._-]?(?:count|limit|usage|budget)/i

/** In every text that could name a secret; what lacks it is not looked at more closely. */
export const TELLING_WORDS =
  /pass|pwd|secret|token|key|auth|credential|bearer|basic|digest|negotiate|ntlm|hawk|cookie|sess|otp|two.factor|cv[vc]|ssn|jwt|pin|card|sig(?:nature)?\b/i

/** Three characters of each of these words, the rarer ones, for ./features.ts. */
export const TELLING_TRIGRAMS: readonly string[] = [
  ...['pas', 'pwd', 'sec', 'tok', 'key', 'aut', 'cre', 'rer', 'sic', 'dig', 'neg', 'ntl', 'haw'],
  // Of a session only the id or key counts.
  ...['ook', 'sid', 'nid', 'otp', 'two', 'cvv', 'cvc', 'ssn', 'jwt', 'pin', 'car', 'sig'],
]

/** One of the parts of a key, split at case, digits and punctuation. */
const SECRET_PART =
  /passw(?:or)?d(?!less)|passphrase|passcode|secret(?!ar|ion|smanager)|token(?!i[sz])|apikey|credential|accesskey|privatekey|secretkey|sessionkey|jsessionid|phpsessid|^(?:pwd|otp|cvv2?|cvc2?|ssn|jwt|pin|x?auth|oauth2?|authkey|authorization|authentication|bearer|pgpassword)$/
/** Neighbouring parts of a key that make a secret together. */
const SECRET_PHRASE =
  /(?:^|_)(?:(?:api|access|private|account|encryption|signing|master|service|auth|sas)_?keys?|(?:db|smtp|user|mail|ftp|ssh|proxy|redis|mysql|postgres|pg|admin|root)_pass|social_security(?:_number)?|(?:credit_?)?card_(?:number|no|num)|cardnumber|creditcard|x_(?:amz|goog)_signature|connect_sid|two_factor)(?:_|$)|^pass$/
/** What is called a key or token, and is meant for everybody. */
const OPEN_PHRASE = /public_?key|publishable|cancellation_?token/
/** Of a shell; `Pwd` and `MYSQL_PWD` are passwords. */
export const WORKING_FOLDER = /^(?:OLD)?PWD$/
/** Last parts that say the key is about a secret, not the secret itself. */
const ABOUT_PART =
  /^(?:type|types|count|length|len|size|name|names|field|fields|url|uri|path|policy|strength|limit|ttl|expiry|expires|expired|expiration|timeout|provider|method|status|version|class|service|handler|controller|manager|factory|validator|required|enabled|disabled|min|max|regex|pattern|rule|rules|label|placeholder|input|form|page|screen|view|component|module|file|endpoint|format|algorithm|alg|mode|scheme|strategy|middleware|guard|exception|error|errors|failure|failed|invalid|missing|mismatch|valid|verified|changed|created|updated|at|in|on|index|position|line|column|usage|budget|kind|source|prefix|ids?|reset|wrong|incorrect|match|matches|exists|age|date|time|duration|duration_ms|ms|seconds|bucket|realm|rotation|issuer|audience|aud|app|user|store|cache|client|server|filter|utils?|helper|test|spec)$/

/**
 * Whether a key, in whatever spelling, names a secret: the strict list behind our own rules. It
 * wants whole words, and passes over keys that only talk about one (`token_type`, `passwordMin`).
 */
export function namesSecret(key: string): boolean {
  if (WORKING_FOLDER.test(key)) return false
  const parts = partsOf(key)
  const joined = parts.join('_')
  const isSecret = parts.some((part) => SECRET_PART.test(part)) || SECRET_PHRASE.test(joined)
  if (!isSecret || OPEN_PHRASE.test(joined)) return false
  return parts.length === 1 || !ABOUT_PART.test(parts.at(-1)!)
}

function partsOf(key: string): string[] {
  return key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
}

/** Cookies that keep somebody signed in, beyond those Sentry knows by name. */
export const SESSION_COOKIE =
  /sess|^s?sid$|[._-]sid$|csrf|xsrf|jwt|remember[_-]?(?:me|web|user|token)|(?:id|access|refresh)_?token|auth(?!or(?!i[sz]))|login/i

/** Headers that carry cookies whole, by every name they have in events and attributes. */
export const COOKIE_HEADER =
  /^(?:http_|http\.re(?:quest|sponse)\.header\.)?(?:set-?_?)?cookie2?s?$/i
export const COOKIE_HEADER_CHARS_MAX = 'http.response.header.set-cookie2'.length

/** Attributes that carry one cookie each, named after it. */
export const COOKIE_ATTRIBUTE = 'http.request.header.cookie.'

/** Cookies Sentry's default rules filter by name (spec/event-processing.md §5.1). */
export const SENSITIVE_COOKIES: ReadonlySet<string> = new Set([
  ...['sentrysid', 'sudo', 'su', 'session', '__session', 'sessionid', 'user_session', 'symfony'],
  ...[
    'phpsessid',
    'fasthttpsessionid',
    'mysession',
    'irissessionid',
    '_vercel_jwt',
    'csrf',
    'xsrf',
  ],
  ...['_xsrf', '_csrf', 'csrf-token', 'csrf_token', 'xsrf-token', 'xsrf_token', 'fastcsrf'],
  ...['_iris_csrf'],
])
