/** Whether a host name, as in `req.hostname`, is this machine's own: browsers trust it as they trust https. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
