import type { Find } from '../rule.ts'
import { byPattern } from './by-pattern.ts'

/*
 * Numbers that name a person or an account (spec/event-processing.md §5.2). Sentry looks at their
 * form only. We also look at their check digits by default, so that order numbers survive.
 */

const NEWER_CARD =
  '(?<![A-Za-z0-9]|\\d\\.)2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)(?:[ -]?\\d){12}(?![A-Za-z0-9])'
/** 16 digits starting 4, 51–55, 65 or 6011, or 15 starting 34 or 37; one dash or space between. */
const CARD =
  /(?<![A-Za-z0-9]|\d\.)(?:(?:4[ -]?\d|5[ -]?[1-5]|6[ -]?5)(?:[ -]?\d){2}|6[ -]?0[ -]?1[ -]?1|3[ -]?[47](?:[ -]?\d){1})(?:[ -]?\d){12}(?![A-Za-z0-9])/g
/** The same, and Mastercard's newer numbers, which begin 2221–2720; for those that are checked. */
const CARD_OR_NEWER = new RegExp(`${CARD.source}|${NEWER_CARD}`, 'g')
/** By country: the length of an account number (ISO 13616 registry). */
const IBAN_LENGTHS: Record<string, number> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29 },
  ...{ BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29 },
  ...{ ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28 },
  ...{ HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20 },
  ...{ LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19 },
  ...{ MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29 },
  ...{ PT: 25, QA: 29, RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24 },
  ...{ SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20 },
  YE: 30,
}
const COUNTRIES = Object.keys(IBAN_LENGTHS).join('|')
/** Known country, two digits, 11–29 letters and digits. */
const IBAN = new RegExp(`\\b(?:${COUNTRIES})\\d{2}[A-Za-z0-9]{11,29}\\b`, 'g')
/** The form of any country, also in printed groups of four; the check knows the countries. */
const IBAN_GROUPED = /\b[A-Z]{2}\d{2}(?: ?[A-Za-z0-9]{4}){2,7}(?: ?[A-Za-z0-9]{1,3})?\b/g
const SSN = /\b\d{3}-\d{2}-\d{4}\b/g
/** 14–16 digits in groups of 2, 6, 6 and the rest. */
const IMEI = /\b\d{2}-?\d{6}-?\d{6}(?:-?\d{1,2})?\b/g

export const findCards: Find = byPattern(CARD)
export const findCheckedCards: Find = byPattern(CARD_OR_NEWER, isLuhn)
export const findIbans: Find = byPattern(IBAN)
export const findCheckedIbans: Find = byPattern(IBAN_GROUPED, isIban)
export const findSsns: Find = byPattern(SSN)
export const findImeis: Find = byPattern(IMEI)

/** The least number of fifteen digits. */
export const CARD_MIN = 1e14

/** Whether a number is a card by form and check digit; JSON may carry cards as numbers. */
export function isCardNumber(value: number): boolean {
  return (
    Number.isSafeInteger(value) && value >= CARD_MIN && findCheckedCards(String(value)).length > 0
  )
}

/** The check digit of cards (ISO/IEC 7812-1): every second digit from the right counts twice. */
function isLuhn(text: string): boolean {
  let sum = 0
  let isSecond = false
  for (let i = text.length - 1; i >= 0; i -= 1) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) continue
    const counted = isSecond ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
    isSecond = !isSecond
  }
  return sum % 10 === 0
}

/** Length by country and remainder 1 of the rearranged number by 97 (ISO 13616). */
function isIban(text: string): boolean {
  const account = text.replaceAll(' ', '').toUpperCase()
  if (IBAN_LENGTHS[account.slice(0, 2)] !== account.length) return false
  let remainder = 0
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
