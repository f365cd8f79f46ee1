import * as v from 'valibot';

/** Reads one variable; what is wrong with it is told by `readConfig`. */
type Read = <T>(name: string, schema: v.GenericSchema<unknown, T>, absent: T) => T;

/** How push messages go out. */
export interface PushSettings {
  /** Undefined: made on the first start and kept with the data. */
  readonly keys: { readonly publicKey: string; readonly privateKey: string } | undefined;
  /** Whom a push service asks when something is wrong; undefined: the sender of mails, or the public address. */
  readonly subject: string | undefined;
  /** Push services beside those of the browsers, as `https://push.example`. */
  readonly origins: readonly string[];
}

export function pushOf(read: Read, problems: string[]): PushSettings {
  const publicKey = read('VAPID_PUBLIC_KEY', keyOf(65), undefined);
  const privateKey = read('VAPID_PRIVATE_KEY', keyOf(32), undefined);
  if ((publicKey === undefined) !== (privateKey === undefined)) {
    problems.push(
      'VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY must both be set: "push keys" makes a pair',
    );
  }
  const keys =
    publicKey === undefined || privateKey === undefined ? undefined : { publicKey, privateKey };
  const subject = read('VAPID_SUBJECT', subjectOf, undefined);
  return { keys, subject, origins: read('PUSH_ORIGINS', origins, []) };
}

const keyOf = (bytes: number): v.GenericSchema<unknown, string | undefined> =>
  v.pipe(
    v.string(),
    v.check(
      (value) => /^[\w-]+$/.test(value) && Buffer.from(value, 'base64url').length === bytes,
      `must be ${bytes} bytes as base64url: "push keys" makes a pair`,
    ),
  );

const subjectOf: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(
    /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
    'must be a mailto or https address, as mailto:ops@jamz.example',
  ),
);

const origins: v.GenericSchema<unknown, readonly string[]> = v.pipe(
  v.string(),
  v.transform((value) => value.split(',').map((one) => one.trim())),
  v.check(
    (all) => all.every((one) => URL.parse(one)?.origin === one && /^https?:/.test(one)),
    'must be origins with a comma between them, as https://push.example',
  ),
);

/** A subject where none is set: push services refuse messages of nobody. */
export function pushSubject(
  { subject }: PushSettings,
  mailFrom: string,
  publicUrl: string | undefined,
): string {
  if (subject !== undefined) return subject;
  const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0];
  if (address !== undefined && !address.endsWith('@localhost')) return `mailto:${address}`;
  return publicUrl?.startsWith('https:') ? publicUrl : 'mailto:nobody@example.com';
}
