/** Behind the next frame's paint: a message that was posted in its animation callback comes after it. */
export function frame(): Promise<void> {
  return new Promise((resolved) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolved();
      };
      port2.postMessage(null);
    });
  });
}

/** The stream tells an element at the end of the turn; Lit renders in the microtask after. */
export async function updated(element: HTMLElement): Promise<void> {
  await Promise.resolve();
  await (element as HTMLElement & { readonly updateComplete: Promise<boolean> }).updateComplete;
}
