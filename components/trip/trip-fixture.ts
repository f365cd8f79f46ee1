import type { Trip, TripLink, TripPoint } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';

export const startMs: number = Date.UTC(2026, 5, 13, 15, 12, 0);
export const minuteMs = 60_000;

/** Corners of a way through a harbour town, and how many minutes after the start one is there. */
const corners: readonly (readonly [minute: number, lat: number, lng: number])[] = [
  [0, 43.7305, 7.4155],
  [1.2, 43.7318, 7.4178],
  [2.4, 43.7333, 7.4202],
  [3.2, 43.735, 7.4206],
  [4.4, 43.7372, 7.4213],
  [5.2, 43.7389, 7.4239],
  [6, 43.7401, 7.4272],
  [7.1, 43.7414, 7.4299],
  [8, 43.7437, 7.4316],
  [9.2, 43.7459, 7.4341],
  [10, 43.7481, 7.4378],
];

/** A point every five seconds, without those in a tunnel. */
export function drive(
  shift: { readonly lat: number; readonly lng: number; readonly laterMs?: number },
  tunnel?: readonly [fromMinute: number, untilMinute: number],
): readonly TripPoint[] {
  const points: TripPoint[] = [];
  for (let step = 0; step <= 120; step++) {
    const minute = step / 12;
    if (tunnel && minute > tunnel[0] && minute < tunnel[1]) continue;
    const next = corners.findIndex(([at]) => at >= minute);
    const to = corners[Math.max(1, next)];
    const from = corners[Math.max(0, next - 1)];
    if (!from || !to) continue;
    const part = (minute - from[0]) / (to[0] - from[0]);
    points.push({
      atMs: Math.round(startMs + minute * minuteMs) + (shift.laterMs ?? 0),
      lat: from[1] + (to[1] - from[1]) * part + shift.lat,
      lng: from[2] + (to[2] - from[2]) * part + shift.lng,
      accuracyM: 8,
      mode: 'precise',
    });
  }
  return points;
}

const coarse: readonly TripPoint[] = [0, 4, 8].map((minute, index) => ({
  atMs: startMs + minute * minuteMs,
  lat: 43.736 + index * 0.006,
  lng: 7.412 + index * 0.008,
  accuracyM: 700,
  mode: 'coarse',
}));

/** Three in a town, four songs, what was said and liked. */
export const harbourTrip: Trip = {
  title: 'Down to the beach',
  fromMs: startMs,
  untilMs: startMs + 10 * minuteMs,
  travellers: [
    {
      userId: 'ana',
      name: 'Ana Novak',
      photoUrl: null,
      points: drive({ lat: 0, lng: 0 }, [4.4, 6]),
    },
    {
      userId: 'bo',
      name: 'Bo Lind',
      photoUrl: null,
      points: drive({ lat: 0.0012, lng: -0.0016, laterMs: 20_000 }),
    },
    { userId: 'chi', name: 'Chi Okafor', photoUrl: null, points: coarse },
  ],
  unseenCount: 1,
  songs: [
    song(0, 3.1, 'Coast Road', 'The Tunnels'),
    song(3.1, 6.2, 'Night Ferry', 'Marla Quay'),
    song(6.2, 8.6, 'Low Sun', null),
    song(8.6, 10, 'Eleven Lanes', 'The Tunnels'),
  ],
  messages: [
    { atMs: startMs + 1.5 * minuteMs, userId: 'bo', text: 'Left at the harbour?' },
    { atMs: startMs + 2 * minuteMs, userId: 'ana', text: 'Yes, then up the hill' },
    { atMs: startMs + 7.4 * minuteMs, userId: 'chi', text: 'I see you both!' },
  ],
  likes: [
    { atMs: startMs + 2.2 * minuteMs, userId: 'bo', title: 'Coast Road' },
    { atMs: startMs + 4.8 * minuteMs, userId: 'ana', title: 'Night Ferry' },
  ],
  everyMs: 1,
  gaps: [],
};

function song(fromMinute: number, untilMinute: number, title: string, artist: string | null) {
  return {
    fromMs: startMs + fromMinute * minuteMs,
    untilMs: startMs + untilMinute * minuteMs,
    title,
    artist,
    fileId: null,
  };
}

/** One of the group's links, as the server tells of it. */
export function link(patch: Partial<TripLink> = {}): TripLink {
  return {
    id: 'link-1',
    title: 'Down to the beach',
    fromMs: startMs,
    untilMs: startMs + 10 * minuteMs,
    url: 'https://jamz.example/trip?code=q3Zr8',
    // Six days after what the fakes' clock says.
    expiresAtMs: (status.offline.lastSyncedAt ?? 0) + 6 * 86_400_000 + 4 * minuteMs,
    sharedBy: 'bo',
    consents: [
      { userId: 'ana', answer: 'none yet' },
      { userId: 'bo', answer: 'yes' },
      { userId: 'chi', answer: 'no' },
    ],
    ...patch,
  };
}
