const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address, where it may be opened: a scheme that is on the list, and nobody’s name in front of the host. */
export function safeAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  return allowed.has(protocol) && username === '' && password === '' ? href : undefined;
}
