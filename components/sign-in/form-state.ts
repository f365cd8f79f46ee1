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
/** What is said of a field, by its name among the words. */
export type FieldErrors = Readonly<
  Partial<Record<FieldName, 'nameMissing' | 'emailMissing' | 'passwordShort' | 'passwordMissing'>>
>;

export const emptyDraft: Draft = { mode: 'guest', name: '', email: '' };

/** What is missing, before anything is sent. */
export function fieldErrors(draft: Draft, password: string): FieldErrors {
  const { mode } = draft;
  const errors: { -readonly [Name in FieldName]?: FieldErrors[Name] } = {};
  const isNew = mode === 'guest' || mode === 'sign-up';
  if (isNew && draft.name.trim() === '') errors.name = 'nameMissing';
  if (mode === 'guest') return errors;
  if (!isMailAddress(draft.email)) errors.email = 'emailMissing';
  if (mode === 'sign-up' && password.length < minPasswordChars) {
    errors.password = 'passwordShort';
  }
  if (mode === 'sign-in' && password === '') errors.password = 'passwordMissing';
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
