/** When the world begins, ms since 1970, by a clock that is right. */
export const epochMs = 1_780_000_000_000;
