/** Whose setting it is: `u:` and a person's id, `s:` and a site's. */
export type SettingOwner = `u:${string}` | `s:${string}`;

/** What people and sites have chosen, each kind as one JSON text; its use case says what is in it. */
export interface SettingsStore {
  get(owner: SettingOwner, kind: string): Promise<string | undefined>;
  put(owner: SettingOwner, kind: string, value: string): Promise<void>;
  /** Writes where the value is still the one that was read; undefined: there was none. @returns whether it was */
  replace(
    owner: SettingOwner,
    kind: string,
    read: string | undefined,
    value: string,
  ): Promise<boolean>;
  /** Quiet for what is not there. */
  drop(owner: SettingOwner, kind: string): Promise<void>;
  /** Everybody's of one kind, in the order of their owners, page by page. @param after the last one of the page before */
  all(
    kind: string,
    after: SettingOwner | null,
    limit: number,
  ): Promise<readonly { readonly owner: SettingOwner; readonly value: string }[]>;
}
