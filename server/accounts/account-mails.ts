import type { Mail } from '../ports/mail.ts';

/**
 * Where a mail goes, and on whose behalf. It holds no word of whoever gave the address: a stranger could write to
 * anybody through their own name.
 */
export interface Addressee {
  readonly email: string;
  readonly siteName: string;
}

/** Asks for a press of a link that shows that the address is the person's. Good for 24 hours. */
export function verificationMail(who: Addressee, link: string): Mail {
  return composed(who, `Confirm your e-mail address for ${oneLine(who.siteName)}`, [
    { says: 'Somebody, most likely you, gave this address for an account. Please confirm it:' },
    { link, press: 'Confirm this address' },
    { says: 'The link works for 24 hours and once. If it was not you, there is nothing to do.' },
  ]);
}

/** Leads to the page for a new password. Good for one hour. */
export function resetMail(who: Addressee, link: string): Mail {
  return composed(who, `A new password for ${oneLine(who.siteName)}`, [
    { says: 'Somebody, most likely you, asked for a new password. Choose one here:' },
    { link, press: 'Choose a new password' },
    {
      says: 'The link works for one hour and once. If it was not you, leave it: your password stays as it is.',
    },
  ]);
}

/** Goes to the new address: nothing changes before its link is pressed. Good for 24 hours. */
export function newAddressMail(who: Addressee, link: string): Mail {
  return composed(who, `Your new e-mail address for ${oneLine(who.siteName)}`, [
    { says: 'Somebody, most likely you, wants to sign in with this address from now on:' },
    { link, press: 'Use this address' },
    { says: 'The link works for 24 hours and once. If it was not you, there is nothing to do.' },
  ]);
}

/** Goes to the address that an account has, while it can still be kept. */
export function addressAskedMail(who: Addressee): Mail {
  return composed(who, `Another e-mail address for ${oneLine(who.siteName)}`, [
    { says: 'Somebody signed in as you asked to replace this address by another one.' },
    {
      says: 'If it was not you, ask for a new password at once: then the address stays as it is.',
    },
  ]);
}

/** Goes to the address that an account had. */
export function addressChangedMail(who: Addressee): Mail {
  return composed(who, `Your e-mail address for ${oneLine(who.siteName)} was changed`, [
    { says: 'Your account has another address now. This one no longer leads to it.' },
    { says: 'If it was not you, write to the people who run this site.' },
  ]);
}

/** Tells that the password is another one, so that a thief does not stay unnoticed. */
export function passwordChangedMail(who: Addressee, signedOut = 'everywhere'): Mail {
  return composed(who, `Your password for ${oneLine(who.siteName)} was changed`, [
    { says: `Your password was changed just now, and you are signed out ${signedOut}.` },
    { says: 'If it was not you, ask for a new password at once: this address still leads to it.' },
  ]);
}

/** Tells that signing in takes a code from now on, or no longer does. */
export function secondFactorMail(who: Addressee, isOn: boolean): Mail {
  return composed(
    who,
    `Codes for signing in to ${oneLine(who.siteName)} are ${isOn ? 'on' : 'off'}`,
    [
      {
        says: isOn
          ? 'From now on signing in takes a code of your authenticator app beside your password.'
          : 'Signing in takes your password alone from now on: the codes were turned off.',
      },
      {
        says: 'If it was not you, ask for a new password at once: this address still leads to it.',
      },
    ],
  );
}

type Part = { readonly says: string } | { readonly link: string; readonly press: string };

function composed({ email, siteName }: Addressee, subject: string, parts: Part[]): Mail {
  const all: readonly Part[] = [{ says: 'Hello,' }, ...parts, { says: oneLine(siteName) }];
  const html = all.map((part) =>
    'says' in part
      ? `<p>${escaped(part.says)}</p>`
      : `<p><a href="${escaped(part.link)}">${escaped(part.press)}</a></p>`,
  );
  return {
    to: email,
    subject,
    text: all.map((part) => ('says' in part ? part.says : part.link)).join('\n\n'),
    html: `<!doctype html>\n<html lang="en"><meta charset="utf-8"><body>\n${html.join('\n')}\n</body></html>`,
  };
}

/** A site's name is what somebody typed: it makes no line of the header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
