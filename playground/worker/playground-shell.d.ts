/** Written by the build: the files of the playground. */
declare module 'playground:shell' {
  export const version: string;
  /** Integrity by path. */
  export const files: Readonly<Record<string, string>>;
  export const needed: readonly string[];
}
