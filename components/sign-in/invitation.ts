/** What is known of an invitation before it is taken. */
export type Invited =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'open'; readonly groupName: string }
  | { readonly kind: 'gone' };

/** Asks the backend which group a code opens. Never rejects: without an answer the code is simply tried later. */
export async function lookUpInvitation(
  server: string,
  code: string,
  ask: (url: string) => Promise<Response>,
): Promise<Invited> {
  try {
    const answer = await ask(
      `${server.replace(/\/$/, '')}/v1/invitations/${encodeURIComponent(code)}`,
    );
    if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
    const body: unknown = answer.ok ? await answer.json() : null;
    if (typeof body === 'object' && body !== null && 'groupName' in body) {
      return { kind: 'open', groupName: String(body.groupName) };
    }
  } catch {
    // Offline: the form works, only the group's name is not known yet.
  }
  return { kind: 'unknown' };
}
