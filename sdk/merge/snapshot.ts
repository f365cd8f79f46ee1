// A state as JSON, both ways. A page reads such JSON at its start and writes it rarely: it takes the two one by one.
export { decodeSnapshot } from './decode-snapshot.ts';
export { encodeSnapshot, stateHash } from './encode-snapshot.ts';
