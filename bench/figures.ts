/** One line of the table. Times in ms, sizes in bytes. */
export interface Figure {
  readonly name: string;
  /** Undefined where the floor has nothing to compare: it keeps nothing on disk and folds nothing. */
  readonly floor?: number;
  readonly ours: number;
  /** What is aimed at: a ratio to the floor, or a value of its own. */
  readonly goal?: { readonly kind: 'ratio' | 'value'; readonly atMost: number };
}

/** The table, one line a figure; `!` where a goal is missed. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, floor, ours, goal } = figure;
    const ratio = floor ? ours / floor : undefined;
    return [
      name,
      floor === undefined ? '' : shown(floor),
      shown(ours),
      ratio === undefined ? '' : ratio.toFixed(2),
      goal
        ? `≤ ${goal.atMost}${goal.kind === 'ratio' ? ' ×' : ''}${isMissed(figure) ? ' !' : ''}`
        : '',
    ];
  });
  const all = [['', 'floor', 'ours', 'ratio', 'aim'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 4
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** By nearest rank: 50 is the median. NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length));
  return sorted[rank] ?? Number.NaN;
}

/** True where its aim is not reached, or cannot be told. False where there is none. */
export function isMissed({ floor, ours, goal }: Figure): boolean {
  if (!goal) return false;
  const measured = goal.kind === 'value' ? ours : floor ? ours / floor : Number.POSITIVE_INFINITY;
  return measured > goal.atMost;
}

export function shown(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value < 10 ? 2 : 1);
}
