/** In a list of origins: pages of this machine, on any port. */
const loopback = 'loopback';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a page of this origin may call: it is the server's own, or listed. Callers that are no pages send none. */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || isCorsAllowed(origin, allowed)) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** Whether a page of another origin may call and read answers: only a listed one may. `*` lists all, `loopback` this machine's. */
export function isCorsAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.includes('*') || allowed.includes(origin) || (allowed.includes(loopback) && isLoopback(origin));
}

function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: canonical } = new URL(origin);
  return canonical === origin && /^https?:$/.test(protocol) && loopbackHost.test(hostname);
}
