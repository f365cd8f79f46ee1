export type KeyCommand =
  | { readonly kind: 'toggle' | 'mute' | 'help' }
  | { readonly kind: 'seek-by'; readonly ms: number }
  | { readonly kind: 'volume-by'; readonly by: number };

/** What a key pressed inside the player asks for; undefined where it is not ours. */
export function keyCommand(event: KeyboardEvent): KeyCommand | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return undefined;
  const target = event.composedPath()[0];
  const button = target instanceof HTMLButtonElement;
  const field = target instanceof HTMLInputElement;
  switch (event.key) {
    case ' ':
      // A focused button is pressed by the space bar itself.
      return button ? undefined : { kind: 'toggle' };
    case 'ArrowLeft':
      return field ? undefined : { kind: 'seek-by', ms: -5_000 };
    case 'ArrowRight':
      return field ? undefined : { kind: 'seek-by', ms: 5_000 };
    case 'ArrowUp':
      return field ? undefined : { kind: 'volume-by', by: 0.05 };
    case 'ArrowDown':
      return field ? undefined : { kind: 'volume-by', by: -0.05 };
    case '?':
      return { kind: 'help' };
  }
  switch (event.key.toLowerCase()) {
    case 'j':
      return { kind: 'seek-by', ms: -10_000 };
    case 'k':
      return { kind: 'toggle' };
    case 'l':
      return { kind: 'seek-by', ms: 10_000 };
    case 'm':
      return { kind: 'mute' };
    default:
      return undefined;
  }
}
