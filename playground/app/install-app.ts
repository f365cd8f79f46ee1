/** What Chromium fires when a page may be installed; not in TypeScript's library. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** A page that is as new as that may load again for a newer build without anybody minding. */
const justLoadedMs = 5_000;

/** Keeps the pages for tunnels, and offers to install them as an app where the browser can. */
export function connectApp(button: HTMLButtonElement, hint: HTMLElement): void {
  keepPages();
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true;
      void (event as InstallEvent).prompt();
    };
  });
  addEventListener('appinstalled', () => {
    button.hidden = true;
  });
  // Safari on a phone has no such event, and tells of messages only to installed apps.
  hint.hidden = !isInPhoneSafari();
}

function keepPages(): void {
  // Undefined on plain http.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker) return;
  if (serviceWorker.controller) {
    serviceWorker.addEventListener('controllerchange', () => {
      if (performance.now() < justLoadedMs) location.reload();
    });
  }
  const register = (): void => {
    serviceWorker.register('/sw.js').catch(() => {});
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}

function isInPhoneSafari(): boolean {
  return Reflect.get(navigator, 'standalone') === false;
}
