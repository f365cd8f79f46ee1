/** A promise of the design that the run showed to be broken. */
export interface Violation {
  /** Which one: a few words, the same in every run. */
  readonly invariant: string;
  readonly message: string;
  readonly atMs: number;
}

/** Every promise that is checked, and what it says. */
export const invariants = {
  'dense log':
    'Sequences run 1, 2, 3 … without a gap, in one generation after the other, each commit chained to the one before.',
  'applied once': 'No op is in a log twice, whatever was sent how often.',
  'acknowledged is durable': 'What an answer calls applied is in the store, as it was sent.',
  'bases count':
    'An op in a log is based on what that log has, not on what a winding back cut out of it.',
  'given up stays away': 'What a winding back gave up does not come back.',
  'told is durable': 'What is told of a log to anybody is in the store.',
  'members only': 'Who is no member is told nothing of a group.',
  'refused stays refused': 'An op finally refused does not get into the log afterwards.',
  'stamps follow what was seen': 'An op is stamped above everything that its writer had seen.',
  'stamps tell the time': 'However wrong a clock is, an op is stamped about when it was made.',
  'dependencies first': 'An op is not sent before those it depends on.',
  'kept until covered': 'An op leaves the journal only when the journal has the commit with it.',
  'one leader': 'Of several tabs only the one that took the lead last writes more than new ops.',
  'attempts are answers': 'An op is set aside only for what the server said of it.',
  'on the chain': 'A replica stands at a place that the log has, with that place’s hash.',
  'no flicker': 'What was done stays on the screen until it is undone and told.',
  'SYNCED is true':
    'SYNCED means: nothing waits, and every head heard of is reached, on a link that lives.',
  'always armed': 'While something waits, a timer, an attempt or an event is armed.',
  'private stays private':
    'With sharing off no fix leaves, coarse ones are coarse, and nobody keeps an old one.',
  'nothing lost': 'Every op stored is in the log, waiting, or set aside and told.',
  'refused is undone': 'A refused op leaves no trace on the screen, and its maker is told.',
  'comes to rest': 'When the faults are over, everything is delivered within minutes.',
  'all equal': 'At rest, every replica’s state is the fold of the log, as its person may see it.',
  'tabs alike': 'At rest, a tab that follows shows and tells what the one that leads does.',
  'nothing kept of an ended scope': 'Who is removed keeps nothing of the group on the device.',
  'no bug': 'Nothing fails in a way that nobody planned.',
} as const;

export type Invariant = keyof typeof invariants;

/** Takes note of the first breach; the run ends with it. */
export type Breach = (invariant: Invariant, message: string) => void;
