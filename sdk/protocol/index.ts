/** What crosses the wire, for a host's own server or tests: `import { decodePush } from 'trafficjamz/protocol'`. */
export { numbersIn, opsOf, toOp, toRanges, toRuns } from './codec.ts';
export {
  type Decoded,
  type DecodedPush,
  type DecodedSyncRequest,
  decodeAckedCommit,
  decodeChunk,
  decodeCommit,
  decodeHello,
  decodeLiveReport,
  decodePull,
  decodePush,
  decodeSyncRequest,
} from './decode.ts';
export { type ErrorCode, errorCodes, isErrorCode, JamzError } from './errors.ts';
export { compareHlc, formatHlc, type Hlc, parseHlc, zeroHlc } from './hlc.ts';
export * from './ids.ts';
export { limits } from './limits.ts';
export type { Base, Op, OpFor, OpOf, Placement } from './ops.ts';
export * from './payloads.ts';
export { newestAcceptedVersion, oldestAcceptedVersion, protocolVersion } from './version.ts';
export * from './wire.ts';
