/** A portrait that nobody took: a sun over a road. */
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#2b5a8c"/><circle cx="62" cy="34" r="15" fill="#ffc857"/><path d="M0 96 34 52l20 22 14-12 28 34z" fill="#1d3b2a"/><path d="m30 96 16-30 6 30z" fill="#e9e4d4"/></svg>';

/**
 * In place of a server: every picture of it is this one. What elements put behind an address is, in this one, behind
 * its `#`.
 */
export const serverOfPhotos: string = `data:image/svg+xml,${encodeURIComponent(drawing)}#`;
