import type { Mail, Mailer } from './ports/mail.ts';

/** A mailbox for tests that all mails of a server come to. */
export interface Mailbox {
  readonly mailer: Mailer;
  /** Everything that came, oldest first. */
  readonly all: readonly Mail[];
  /** The next mail that nobody has been given yet. */
  next(): Promise<Mail>;
}

export function createMailbox(): Mailbox {
  const all: Mail[] = [];
  const arrivals: PromiseWithResolvers<Mail>[] = [];
  let given = 0;
  const at = (index: number): PromiseWithResolvers<Mail> => {
    arrivals[index] ??= Promise.withResolvers<Mail>();
    return arrivals[index];
  };
  return {
    all,
    mailer: {
      async send(mail) {
        all.push(mail);
        at(all.length - 1).resolve(mail);
      },
      async check() {},
      async close() {},
    },
    next() {
      given += 1;
      return at(given - 1).promise;
    },
  };
}

/** The secret of the link in a mail. */
export function tokenIn({ text }: Mail): string {
  const [, token] = /#token=([A-Za-z0-9_-]+)/.exec(text) ?? [];
  if (token === undefined) throw new Error('the mail has no link');
  return token;
}
