/**
 * Java frameworks generate classes whose names end in a number or hash that differs from start to
 * start. Each tail becomes `<auto>` (spec/grouping.md §6.2).
 */
const GENERATED: [pattern: RegExp, replacement: string][] = [
  [/(sun\.reflect\.Generated(?:Serialization)?ConstructorAccessor)\d+/g, '$1<auto>'],
  [/(\$\$\w+?CGLIB\$\$)[0-9a-fA-F]+(?:_\d+)?/g, '$1<auto>'],
  [/\$\$_javassist(?:_seam)?(?:_\d+)?/g, '$$$$_javassist<auto>'],
  [/\$fn__\d+/g, '$$fn__<auto>'],
  [/(\$\$?EnhancerBy\w+?\${1,2})[0-9a-fA-F]+(?:_\d+)?/g, '$1<auto>'],
  [/(\$\$?FastClassBy\w+?\${1,2})[0-9a-fA-F]+(?:_\d+)?/g, '$1<auto>'],
  [/(\$\$?HibernateProxy\${1,2})\w+(?:_\d+)?/g, '$1<auto>'],
]
const ACCESSOR = /^(?:sun|jdk\.internal)\.reflect\.GeneratedMethodAccessor/

/** Null when the class is a lambda, whose name means nothing. */
export function cleanJavaModule(module: string): string | null {
  if (module.includes('$$Lambda$')) return null
  const accessor = ACCESSOR.exec(module)
  if (accessor) return accessor[0]
  if (!/[$]|^sun\./.test(module)) return module
  return GENERATED.reduce((name, [pattern, tail]) => name.replace(pattern, tail), module)
}

/** The same for the one generator whose files have names. */
export function cleanJavaFilename(filename: string): string {
  return filename.replace(...GENERATED[2]!)
}
