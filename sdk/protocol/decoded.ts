import { JamzError } from './errors.ts';

/** What came over the wire, checked; or why it cannot be used: `invalid`, `too-large` or `update-needed`. */
export type Decoded<T> =
  | { readonly ok: T; readonly error?: undefined }
  | { readonly error: JamzError; readonly ok?: undefined };

/** @param decode throws what is wrong */
export function decoded<T>(decode: () => T): Decoded<T> {
  try {
    return { ok: decode() };
  } catch (error) {
    if (error instanceof JamzError) return { error };
    throw error;
  }
}
