import type { Group, NowPlaying } from 'trafficjamz';
import type { Line } from './sync-story.ts';

/** Tells what the group hears, in sentences, as it changes. */
export function followGroup(group: Group, tell: (line: Line) => void): void {
  let before: NowPlaying | undefined;
  group.nowPlaying$.subscribe((now) => {
    const line = before && sentence(before, now, nameOf(group, now.by));
    before = now;
    if (line) tell({ key: 'playback', text: line });
  });

  let titles: ReadonlyMap<string, string> | undefined;
  group.playlist$.subscribe((entries) => {
    const next = new Map(entries.map(({ itemId, title }) => [itemId, title]));
    // The first list is what stood there, not what happened.
    if (titles && titles.size > 0) {
      for (const { itemId, title, addedBy } of entries) {
        if (titles.has(itemId)) continue;
        tell({ key: `added ${itemId}`, text: `${nameOf(group, addedBy)} added “${title}”` });
      }
      for (const [itemId, title] of titles) {
        if (!next.has(itemId)) tell({ key: `removed ${itemId}`, text: `“${title}” was removed` });
      }
    }
    titles = next;
  });
}

function sentence(before: NowPlaying, now: NowPlaying, name: string): string | undefined {
  const title = now.item ? `“${now.item.title}”` : 'the music';
  if (now.playing && !before.playing) return `${name} pressed play: ${title}`;
  if (!now.playing && before.playing) return `${name} paused ${title}`;
  const changed = now.item?.itemId !== before.item?.itemId;
  return changed && now.item && now.playing ? `Now ${title}` : undefined;
}

function nameOf(group: Group, userId: string | null): string {
  const member = group.members$.value.find((one) => one.memberId === userId);
  return member?.name ?? 'Somebody';
}
