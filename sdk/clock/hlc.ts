export { compareHlc, formatHlc, type Hlc, parseHlc, zeroHlc } from '../protocol/hlc.ts';
