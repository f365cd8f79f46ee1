import type { Transporter } from 'nodemailer';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { Mailer } from '../../ports/mail.ts';
import { checkMail, messageOf } from './checked-mail.ts';

export interface SmtpMailerOptions {
  /** `smtp://` (TLS where the server offers it) or `smtps://`, with user and password as the address has them. */
  readonly url: string;
  readonly from: string;
}

/** A mail server that says nothing for so long is taken for dead. */
const patienceMs = 10_000;

/** Sends mails over SMTP, over few connections that are kept. The vendor is loaded with the first mail. */
export function smtpMailer({ url, from }: SmtpMailerOptions): Mailer {
  let opened: Promise<Transporter> | undefined;
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url,
      // A mail holds a secret: over the network it goes encrypted, or not at all.
      requireTLS: !isLoopback(new URL(url).hostname),
      pool: true,
      maxConnections: 2,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  };
  return {
    async send(mail) {
      checkMail(mail);
      opened ??= open();
      try {
        await (await opened).sendMail(messageOf(mail, from));
      } catch (cause) {
        throw new JamzError('unavailable', 'The mail server did not take the mail', { cause });
      }
    },
    async check() {
      opened ??= open();
      try {
        await (await opened).verify();
      } catch (cause) {
        // Its code and not its words, which repeat what was sent.
        const { code } = cause instanceof Error && 'code' in cause ? cause : { code: 'unknown' };
        const message = `The mail server cannot be used (${String(code)}): check SMTP_URL`;
        throw new JamzError('unavailable', message, { cause });
      }
    },
    async close() {
      (await opened)?.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
