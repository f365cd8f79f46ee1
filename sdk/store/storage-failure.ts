import { JamzError } from '../protocol/errors.ts';

const untilThen = 'Until then what waits is lost when this page closes.';

/** What a database failed with, as the person reads it, and what to do about it. */
export function storageFailure(cause: unknown): JamzError {
  if (cause instanceof JamzError) return cause;
  const name = cause instanceof DOMException ? cause.name : '';
  return new JamzError(...(byName[name] ?? otherwise), { cause });
}

type Failure = readonly [code: 'storage-full' | 'unavailable', message: string];

const otherwise: Failure = [
  'unavailable',
  `The browser’s storage cannot be used. Reload the page, or start the browser again. ${untilThen}`,
];
/** As IndexedDB's standard and the browsers name them. */
const byName: Readonly<Record<string, Failure>> = {
  QuotaExceededError: [
    'storage-full',
    'This device has no room left for what is waiting to be sent. Free some space; until then it stays in this page.',
  ],
  VersionError: [
    'unavailable',
    `This page is older than what it kept on this device. Reload it. ${untilThen}`,
  ],
  SecurityError: [
    'unavailable',
    `This browser forbids this page to keep anything. Allow cookies and site data for it. ${untilThen}`,
  ],
  // How private windows of some browsers refuse, and what was closed for good.
  InvalidStateError: [
    'unavailable',
    `The storage of this window is closed, as in some private windows. Reload the page, or use another window. ${untilThen}`,
  ],
};

/** Another tab holds the database in an older version. */
export function blocked(): JamzError {
  const text = `Another tab still shows an older version of this page. Close it and reload this one. ${untilThen}`;
  return new JamzError('unavailable', text);
}

export function tooSlow(): JamzError {
  const text = `The browser’s storage does not answer. Start the browser again. ${untilThen}`;
  return new JamzError('unavailable', text);
}
