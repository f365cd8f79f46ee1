import type { Response } from 'express';

/** Nothing but one style and one script of our own, in no frame; pictures none. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** Answers with a page of these. */
export function send(res: Response, status: number, page: string): void {
  res
    .status(status)
    .set({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      // Forms say where they come from, to us alone.
      'referrer-policy': 'same-origin',
    })
    .type('html')
    .send(page);
}
