import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Mail, Mailer } from '../ports/mail.ts';
import type { Timers } from '../ports/timers.ts';

/**
 * Sends mails behind the answers: nobody waits for a mail server, and the time of an answer does not tell whether
 * there was anything to send.
 */
export interface Postman {
  /**
   * @param compose makes the mail later, or finds that there is none to send
   * @throws {JamzError} `unavailable` when too many wait already
   */
  post(compose: () => Promise<Mail | undefined>): void;
  /** Resolves when nothing is under way; what waits for another try is not. */
  settled(): Promise<void>;
  /** Lets what is under way finish, and drops what waits for another try. */
  close(): Promise<void>;
}

export interface PostmanDeps {
  readonly mailer: Mailer;
  readonly timers: Pick<Timers, 'after'>;
  /** Told once of each mail that will not be sent. */
  readonly onFailed: (error: unknown) => void;
}

interface Letter {
  readonly compose: () => Promise<Mail | undefined>;
  readonly tries: number;
}

const maxWaiting = 1_000;
const maxAtOnce = 4;
/** A mail server that restarts is back within these. */
const pausesMs = [2_000, 10_000, 60_000, 300_000] as const;

export function createPostman({ mailer, timers, onFailed }: PostmanDeps): Postman {
  let waiting: Letter[] = [];
  const sending = new Set<Promise<void>>();
  const paused = new Set<() => void>();
  let closed = false;

  async function deliver({ compose, tries }: Letter): Promise<void> {
    let mail: Mail | undefined;
    try {
      mail = await compose();
      if (mail) await mailer.send(mail);
    } catch (error) {
      const pauseMs = pausesMs[tries];
      const mayPass = error instanceof JamzError && error.code === 'unavailable';
      if (!mayPass || pauseMs === undefined || closed) return onFailed(error);
      // Made once: another try sends the same mail.
      const again = mail === undefined ? compose : async () => mail;
      const cancel = timers.after(pauseMs, () => {
        paused.delete(cancel);
        enqueue({ compose: again, tries: tries + 1 });
      });
      paused.add(cancel);
    }
    return undefined;
  }

  function enqueue(letter: Letter): void {
    waiting.push(letter);
    sendOn();
  }

  function sendOn(): void {
    while (sending.size < maxAtOnce) {
      const letter = waiting.shift();
      if (!letter) return;
      const sent = deliver(letter).finally(() => {
        sending.delete(sent);
        sendOn();
      });
      sending.add(sent);
    }
  }

  async function settled(): Promise<void> {
    while (sending.size > 0) await Promise.all(sending);
  }

  return {
    post(compose) {
      if (waiting.length + paused.size >= maxWaiting || closed) {
        throw new JamzError('unavailable', 'Too many mails wait to be sent: try again later');
      }
      enqueue({ compose, tries: 0 });
    },
    settled,
    async close() {
      closed = true;
      for (const cancel of paused) cancel();
      paused.clear();
      waiting = [];
      await settled();
      await mailer.close();
    },
  };
}

/** Why a mail was not sent, without what a mail server says of addresses: for the log. */
export function mailFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = codeOf(error.cause) ?? codeOf(error);
  return code === undefined ? error.message : `${error.message} (${code})`;
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
