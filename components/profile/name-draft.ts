import type { KeptText } from '../shared/kept-text.ts';

/** A name that is being changed, and what it was when that began. */
export interface NameDraft {
  readonly text: string;
  readonly from: string;
}

/** Reads a half-changed name that a reload interrupted; undefined when there is none, or none that makes sense. */
export function readDraft(kept: KeptText): NameDraft | undefined {
  const text = kept.read();
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { text: typed, from } = value as Partial<Record<keyof NameDraft, unknown>>;
    return typeof typed === 'string' && typeof from === 'string'
      ? { text: typed, from }
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is the same as before is no draft. */
export function writeDraft(kept: KeptText, draft: NameDraft | undefined): void {
  kept.write(draft && draft.text !== draft.from ? JSON.stringify(draft) : '');
}
