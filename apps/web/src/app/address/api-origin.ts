/**
 * Where the gateway is: the origin that the build has written into the page (tools/delivery), else the page's own. The
 * page's policy lets it talk to no other.
 */
export function apiOrigin(document: Document): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="bytechat-api"]');
  return meta?.content ?? document.location.origin;
}
