/** Sides of the squares that are kept of a photo, in pixels: beside a name, on a page, over a page. */
export const photoSizes = [96, 256, 640] as const;

export type PhotoSize = (typeof photoSizes)[number];

/** What they are. */
export const photoMediaType = 'image/webp';

/** A photo in each size, without anything that the camera noted in it. */
export type DrawnPhoto = Readonly<Record<PhotoSize, Uint8Array>>;

/**
 * Draws a person's or a group's picture as squares, upright and cut to its middle.
 *
 * @param image JPEG, PNG, WebP, AVIF or GIF, as its own bytes say
 * @throws {JamzError} `unsupported-type` for anything else, and for what cannot be read; `too-large` for more pixels
 * than a camera takes
 */
export type DrawPhoto = (image: Uint8Array) => Promise<DrawnPhoto>;
