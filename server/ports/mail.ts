/** One mail to one person. */
export interface Mail {
  /** An address, as `ana@example.org`; no name, no list. */
  readonly to: string;
  readonly subject: string;
  /** What it says, for every program. */
  readonly text: string;
  /** The same with links to press: simple markup, nothing loaded from anywhere. */
  readonly html: string;
}

/** Sends mails. */
export interface Mailer {
  /**
   * Resolves when the mail is out of our hands: the next server has it, or it lies in the folder.
   *
   * @throws {JamzError} `invalid` for what is no single address or a subject of several lines, `unavailable` when it
   *   cannot be sent now
   */
  send(mail: Mail): Promise<void>;
  /** Whether mails can go out, without sending one. @throws {JamzError} `unavailable`, saying what is in the way */
  check(): Promise<void>;
  close(): Promise<void>;
}
