import { useCallback, useSyncExternalStore } from 'react';
import type { Live } from '../../../sdk/index.ts';

/**
 * The latest value of one of the SDK's streams, rendered again at each change. Undefined without a stream, while a page
 * is rendered on a server, and in the first render of such a page in the browser: so both are the same.
 *
 * @example
 * const places = useLive(group?.places$);
 */
export function useLive<T>(stream: Live<T> | undefined): T | undefined {
  const subscribe = useCallback(
    (changed: () => void) => {
      const subscription = stream?.subscribe(changed);
      return () => subscription?.unsubscribe();
    },
    [stream],
  );
  return useSyncExternalStore(subscribe, () => stream?.value, nothingYet);
}

function nothingYet(): undefined {}
