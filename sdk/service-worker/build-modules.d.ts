/** Written by the build: the files of the CDN folder. */
declare module 'jamz:modules' {
  export const version: string;
  export const files: Readonly<Record<string, string>>;
  export const needed: readonly string[];
}
