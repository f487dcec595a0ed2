/** The part of ua-parser-js 1.x we call; the package carries no types of its own. */
declare module 'ua-parser-js' {
  interface Named {
    name: string | undefined
    version: string | undefined
  }
  export default class UAParser {
    constructor(userAgent: string)
    getBrowser(): Named
    getOS(): Named
    getDevice(): {
      vendor: string | undefined
      model: string | undefined
      type: string | undefined
    }
  }
}
