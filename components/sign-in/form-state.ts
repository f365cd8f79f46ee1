import type { ErrorCode } from '../../sdk/index.ts';
import { isMailAddress, minPasswordChars } from '../shared/account-field.ts';
import type { SignInWords } from './words.ts';

/** `forgot`: asks for a mail with a link for a new password. */
export type SignInMode = 'guest' | 'sign-in' | 'sign-up' | 'forgot';

/** What the person typed. */
export interface Draft {
  readonly mode: SignInMode;
  readonly name: string;
  readonly email: string;
}

export type FieldName = 'name' | 'email' | 'password' | 'code';
export type FieldErrors = Readonly<Partial<Record<FieldName, string>>>;

export const emptyDraft: Draft = { mode: 'guest', name: '', email: '' };

/** What is missing, in words, before anything is sent. */
export function fieldErrors(draft: Draft, password: string, words: SignInWords): FieldErrors {
  const { mode } = draft;
  const errors: Partial<Record<FieldName, string>> = {};
  const isNew = mode === 'guest' || mode === 'sign-up';
  if (isNew && draft.name.trim() === '') errors.name = words.nameMissing;
  if (mode === 'guest') return errors;
  if (!isMailAddress(draft.email)) errors.email = words.emailMissing;
  if (mode === 'sign-up' && password.length < minPasswordChars) {
    errors.password = words.passwordShort;
  }
  if (mode === 'sign-in' && password === '') errors.password = words.passwordMissing;
  return errors;
}

/**
 * A refusal in plain words; undefined where the server's own sentence is the best one.
 *
 * @param mode `code`: of somebody who has shown the password, and was asked for a code
 */
export function refusalText(
  code: ErrorCode,
  mode: SignInMode | 'code',
  words: SignInWords,
): string | undefined {
  switch (code) {
    case 'unauthenticated':
      return mode === 'code' ? words.wrongCode : words.wrongPassword;
    case 'unavailable':
      return words.offline;
    case 'forbidden':
      return mode === 'guest' ? words.noGuests : undefined;
    case 'gone':
    case 'not-found':
      return words.badInvitation;
    default:
      return undefined;
  }
}
