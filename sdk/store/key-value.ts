/**
 * Port for what is kept one record at a time: caches, preferences, music. Values are structured-cloneable, in local
 * storage plain JSON. Browser adapters: local storage for small records, localforage; otherwise memory. A failed write loses a convenience, never an op: ops live in the journal.
 */
export interface KeyValue {
  get<T>(key: string): Promise<T | undefined>;
  set<T>(key: string, value: T): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
  clear(): Promise<void>;
}
