import type { ErrorCode, Group, Jamz } from '../../sdk/index.ts';

/** What stands between an element and its group, or the group itself. */
export type Access =
  /** The SDK is loading, or the session or the group is being looked up. */
  | { readonly kind: 'connecting'; readonly jamz?: Jamz }
  /** `group.availability$` says how much of it is known. */
  | { readonly kind: 'ready'; readonly jamz: Jamz; readonly group: Group }
  | { readonly kind: 'signed-out'; readonly jamz: Jamz }
  /** `retry` is absent where trying again cannot help. */
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly jamz?: Jamz;
      readonly retry?: () => void;
    }
  /** The page's author left something out; `message` says what to write. */
  | { readonly kind: 'misconfigured'; readonly message: string };

export const connecting: Access = { kind: 'connecting' };

/** The SDK object behind an access, once there is one. */
export function jamzOf(access: Access): Jamz | undefined {
  return access.kind === 'misconfigured' ? undefined : access.jamz;
}
