import type { SearchError } from '#domain/search/search.ts'
import { ApiError } from './on-error.ts'

/** What is wrong with a query, in the texts clients know (spec/web-api.md §6.1). */
export function refuseSearch(error: SearchError): ApiError {
  return new ApiError('invalid', describe(error))
}

function describe(error: SearchError): string {
  switch (error.reason) {
    case 'syntax':
      return (
        `Parse error at '${error.at}' (column ${error.column}). This is commonly caused by ` +
        'unmatched parentheses. Enclose any text in double quotes.'
      )
    case 'value_missing':
      return `Empty string after '${error.key}:'`
    case 'list_value_empty':
      return 'Lists should not have empty values'
    case 'quote_misplaced':
      return `Invalid quote at '${error.at}': quotes must enclose text or be escaped.`
    case 'too_complex':
      return `The query is too complex: at most ${error.max} terms or nested parentheses.`
    case 'list_refused':
      return `"in" syntax invalid for "${error.key}" search`
    case 'aggregate_refused':
      return `Aggregate filters (${error.key}) are not supported in issue searches.`
    case 'is_unknown':
      return `Invalid value for "is" search, valid values are ${JSON.stringify(error.known)}`
    case 'value_invalid':
      return `Invalid value '${error.value}' for '${error.key}': expected ${error.expected}.`
    case 'key_refused':
      return `'${error.key}' says something of an issue, not of an event.`
    case 'mixed_or':
      return 'OR cannot join what an issue is with what its events are. Search for one at a time.'
  }
}
