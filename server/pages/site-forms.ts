import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Typed } from './site-views.ts';

/** What a form's fields have to be. @throws {JamzError} `invalid`, in words for whoever typed */
export function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const field = v.getDotPath(result.issues[0]);
  const messages: Readonly<Record<string, string>> = {
    password: 'A password has 8 to 256 characters',
    name: 'Say what you are called',
  };
  throw new JamzError('invalid', messages[field ?? ''] ?? 'This is no e-mail address');
}

/** An address that somebody typed. */
export const emailForm: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(254),
  v.email(),
);

/** What was typed, to be shown again. Never a password. */
export function typedIn(body: unknown): Typed {
  const fields = ['name', 'email', 'origins', 'policy'] as const;
  const given: Readonly<Record<string, unknown>> = Object(body);
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = given[field];
      return typeof value === 'string' ? [[field, value.slice(0, 4_000)]] : [];
    }),
  );
}

/** What an error that is not ours says to whoever sent a form. */
export function unexpected(cause: unknown): JamzError {
  const status: unknown = cause instanceof Error && 'status' in cause ? cause.status : undefined;
  const isTheirs = typeof status === 'number' && status >= 400 && status < 500;
  return isTheirs
    ? new JamzError('invalid', 'This form cannot be read: load the page again', { cause })
    : new JamzError('internal', 'Something went wrong on our side: try again', { cause });
}
