/** Where browsers let themselves be reached: the push services of Chrome, Edge, Firefox and Safari. */
const known: readonly RegExp[] = [
  /^fcm\.googleapis\.com$/,
  /^jmt17\.google\.com$/,
  /^updates\.push\.services\.mozilla\.com$/,
  /^[\w-]+\.notify\.windows\.com$/,
  /^web\.push\.apple\.com$/,
];

/**
 * Why an endpoint may not be sent to; undefined where it may. A browser names its push service itself, and so could
 * anybody name any machine: only services that are known, or that the operator named, are reached.
 *
 * @param allowed origins that the operator vouches for, as `https://push.example`
 */
export function endpointRefusal(endpoint: string, allowed: readonly string[]): string | undefined {
  const url = URL.parse(endpoint);
  if (!url) return 'This is no address of a push service';
  if (url.username !== '' || url.password !== '') return 'Leave name and password out';
  if (allowed.includes(url.origin)) return undefined;
  if (url.protocol !== 'https:') return 'A push service is reached over https';
  if (url.port === '' && known.some((pattern) => pattern.test(url.hostname))) return undefined;
  return `${url.host} is no push service that this server knows: its operator can add it to PUSH_ORIGINS`;
}
