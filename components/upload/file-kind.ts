const endings = /\.(mp3|m4a|m4b|aac|og[ga]|opus|flac|wav|weba|mp4)$/iu;

/**
 * Whether a file may be sound, by what the browser says of it. The server looks at the
 * bytes and has the last word; this only spares a person the wait for a picture to upload.
 */
export function looksLikeSound({ type, name }: { type: string; name: string }): boolean {
  return type.startsWith('audio/') || endings.test(name);
}
