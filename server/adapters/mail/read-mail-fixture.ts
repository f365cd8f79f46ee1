import PostalMime from 'postal-mime';
import type { Mail } from '../../ports/mail.ts';

/** A mail as a program for mails shows it. @param bytes as it was written (RFC 5322) */
export async function readMail(bytes: Uint8Array): Promise<Mail & { readonly from: string }> {
  const { to, from, subject = '', text = '', html = '' } = await PostalMime.parse(bytes);
  return {
    to: (to ?? []).map(({ address }) => address).join(),
    from: from?.address ?? '',
    subject,
    text: text.trim(),
    html: html.trim(),
  };
}
