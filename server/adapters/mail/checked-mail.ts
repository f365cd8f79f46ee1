import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { Mail } from '../../ports/mail.ts';

/**
 * What every adapter refuses, so that nobody's input becomes a header or a second receiver.
 *
 * @throws {JamzError} `invalid`
 */
export function checkMail({ to, subject }: Mail): void {
  if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(to)) {
    throw new JamzError('invalid', 'A mail goes to one bare address');
  }
  if (/[\r\n]/.test(subject)) throw new JamzError('invalid', 'A subject has one line');
}

/** @param from as `MAIL_FROM` names the sender */
export function messageOf(mail: Mail, from: string): object {
  const { to, subject, text, html } = mail;
  return {
    from,
    to,
    subject,
    text,
    html,
    // Tells programs that answer by themselves not to (RFC 3834, section 5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    // Nothing is ever read from a path or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
