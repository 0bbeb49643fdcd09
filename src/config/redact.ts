/** Fields as they may be printed: `***` in place of what the named fields hold at any depth, and of what may be secret in URLs. */
export function redact(fields: object, secrets: readonly string[]): Record<string, unknown> {
  const shown = Object.entries(fields).map(([name, value]) => {
    if (secrets.includes(name) && value !== undefined && value !== null) return [name, '***'];
    return [name, shownValue(value, secrets)];
  });
  return Object.fromEntries(shown);
}

function shownValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redactUrl(value);
  if (Array.isArray(value)) return value.map((item) => shownValue(item, secrets));
  return typeof value === 'object' && value !== null ? redact(value, secrets) : value;
}

/** A URL with `***` in place of its user, its password, the values of its query and its fragment; other text as it is. */
function redactUrl(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (!URL.canParse(text)) return '***';
  const { protocol, username, password, host, pathname, search, hash } = new URL(text);
  if (!username && !password && !search && !hash) return text;
  const query = search.slice(1).split('&').map(redactParameter).join('&');
  const user = username || password ? '***@' : '';
  return `${protocol}//${user}${host}${pathname}${query && `?${query}`}${hash && '#***'}`;
}

function redactParameter(parameter: string): string {
  const [name, value] = parameter.split(/=(.*)/s);
  if (value === undefined) return parameter && '***';
  return `${name}=***`;
}
