/**
 * The version of everything that crosses the wire and of the payload of each op.
 *
 * History, one line per step:
 * 1: first version.
 */
export const protocolVersion = 1;

/** Oldest version the server still answers: all versions of the last twelve months. */
export const oldestAcceptedVersion = 1;

/** Newest version the server reads: one ahead of what any replica writes. */
export const newestAcceptedVersion: number = protocolVersion + 1;
