/**
 * The one place that knows of jurisdictions. The same name in another jurisdiction is another
 * object, and local workerd throws on `.jurisdiction()`, so nobody else may call it.
 */
export function inRegion<T extends Rpc.DurableObjectBranded | undefined>(
  namespace: DurableObjectNamespace<T>,
  jurisdiction: string,
): DurableObjectNamespace<T> {
  return jurisdiction === ''
    ? namespace
    : namespace.jurisdiction(jurisdiction as DurableObjectJurisdiction)
}
