import { constants } from 'node:fs';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Mailer } from '../../ports/mail.ts';
import { checkMail, messageOf } from './checked-mail.ts';

export interface FolderMailerOptions {
  /** Made for this user alone when the first mail comes. */
  readonly directory: string;
  readonly from: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told where a mail lies; what is in it is a secret and told to nobody. */
  readonly onWritten: (path: string) => void;
}

/** Writes mails into a folder, for a server that has no way to send any. */
export function folderMailer(options: FolderMailerOptions): Mailer {
  const { directory, from, clock, newId, onWritten } = options;
  return {
    async send(mail) {
      checkMail(mail);
      const { createTransport } = await import('nodemailer');
      const composer = createTransport({ streamTransport: true, buffer: true });
      const { message } = await composer.sendMail(messageOf(mail, from));
      const time = new Date(clock.nowMs()).toISOString().replaceAll(':', '-');
      const path = join(directory, `${time}-${newId()}.eml`);
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeFile(`${path}.part`, message, { mode: 0o600 });
        await rename(`${path}.part`, path);
      } catch (cause) {
        throw new JamzError('unavailable', 'The mail cannot be written', { cause });
      }
      onWritten(path);
    },
    async check() {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await access(directory, constants.W_OK | constants.X_OK);
      } catch (cause) {
        const message = `Mails cannot be written to ${directory}: make it a folder of this user`;
        throw new JamzError('unavailable', message, { cause });
      }
    },
    async close() {},
  };
}
