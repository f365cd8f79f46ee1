import type { Group } from 'trafficjamz';
import { qrCode } from './qr-code.ts';

/**
 * The dialog that lets another device in: a link and its QR code, made anew each time it opens.
 *
 * @param path the page that the link leads to; absent: the invitation's own
 */
export function connectInvite(
  dialog: HTMLDialogElement,
  opener: HTMLElement,
  group: Group,
  path?: string,
): void {
  const part = <E extends HTMLElement>(selector: string): E => {
    const found = dialog.querySelector<E>(selector);
    if (!found) throw new TypeError(`The invitation dialog has no ${selector}.`);
    return found;
  };
  const link = part<HTMLInputElement>('#invite-link');
  const note = part('#invite-note');

  const show = async (): Promise<void> => {
    dialog.showModal();
    try {
      const { code, url: own } = await group.invite();
      const url = path === undefined ? own : invitationTo(path, code);
      link.value = url;
      part('#invite-code').replaceChildren(await qrCode(url));
      note.textContent = isThisMachineOnly(new URL(url).hostname)
        ? 'This server listens on this machine only. To let in a phone nearby, start it with: npm start -- --lan'
        : 'Scan the code with a phone’s camera, or send the link.';
    } catch (error) {
      note.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  opener.addEventListener('click', () => void show());
  part('#invite-copy').addEventListener('click', () => {
    link.select();
    navigator.clipboard?.writeText(link.value).then(
      () => {
        note.textContent = 'Copied.';
      },
      () => {
        note.textContent = 'Press Ctrl+C (or ⌘C): the link is selected.';
      },
    );
  });
  part('#invite-close').addEventListener('click', () => dialog.close());
}

function invitationTo(path: string, code: string): string {
  const url = new URL(path, location.href);
  url.searchParams.set('join', code);
  return url.href;
}

function isThisMachineOnly(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
