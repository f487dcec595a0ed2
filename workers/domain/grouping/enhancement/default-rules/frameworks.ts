import type { EnhancementRule } from '../rule.ts'
import { mark } from './rule-table.ts'

/**
 * Java and Scala libraries by their root package.
 */
export const FRAMEWORKS: EnhancementRule[] = [
  ...mark('any', 'module', 'category=framework', [
    'akka.*',
    'com.fasterxml.*',
    'com.microsoft.*',
    'com.sun.*',
    'feign.*',
    'io.opentelemetry.*',
  ]),
  ...mark('any', 'module', 'category=framework -group', ['io.sentry.*']),
  ...mark('any', 'module', 'category=framework', [
    'jdk.*',
    'oauth.*',
    'org.apache.*',
    'org.glassfish.*',
    'org.jboss.*',
    'org.jdesktop.*',
    'org.postgresql.*',
    'org.springframework.*',
    'org.web3j.*',
    'reactor.core.*',
    'scala.*',
    'sun.*',
  ]),
]
