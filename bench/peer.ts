import type { TrackRecord } from './track-record.ts';

/** One client of a system under measurement, with memory of its own. */
export interface Peer {
  /** Joins the first time; later only switches the network on. Resolves when in step, nothing of its own waiting. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Its effect shows here at once, connected or not. */
  append(track: TrackRecord): void;
  /** Writes the register. @returns settles with the server's ack */
  setReg(value: unknown): Promise<void>;
  length(): number;
  ids(): readonly string[];
  reg(): unknown;
  /** The list changed. @returns ends it */
  onChange(listener: () => void): () => void;
  onReg(listener: (value: unknown) => void): void;
  close(): Promise<void>;
}

/** A system that can be measured. */
export interface Subject {
  readonly name: 'floor' | 'ours';
  /** What the process of the server is told to start. */
  readonly kind: 'floor' | 'ours';
  /** Makes a list with a register. @returns opens clients of it, through any address of that server */
  found(port: number, name: string): Promise<(port: number, name: string) => Peer>;
}
