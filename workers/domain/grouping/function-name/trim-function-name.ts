import { platformFamily } from '../platform-family.ts'
import { trimNativeName } from './trim-native-name.ts'

/** Longer than anything normalizing lets through; such a name is left as it is. */
const NAME_CHARACTERS_MAX = 4096

/** A function's name without what its platform adds to it: arguments, generics, hashes. */
export function trimFunctionName(name: string, platform: string): string {
  if (name.length > NAME_CHARACTERS_MAX) return name
  if (platform === 'csharp') return name.split(' (', 1)[0]!
  return platformFamily(platform) === 'native' ? trimNativeName(name, platform) : name
}
