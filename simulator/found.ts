import type { FaultKind, Step } from './actors/plan.ts';
import type { Looks } from './world/screen.ts';

/** A schedule that once broke a promise, smallest form, as it was printed. */
export interface Found {
  readonly name: string;
  readonly seed: string;
  readonly hours: number;
  readonly steps: readonly Step[];
  /** How often people looked at their phones; the oldest were found in a world in which nobody did. */
  readonly looks?: Looks;
}

/** Every schedule that ever showed a bug of the product: kept as it was, whatever the plans of seeds become. */
export const found: readonly Found[] = [
  {
    name: 'a token renewed in a bad network, and expired again before the link was of use',
    seed: '296',
    hours: 4,
    steps: steps('296', [
      ['2:57:52.049', 2, 'crash', 8_652, 389],
      ['3:36:40.776', 2, 'captive', 344_876, 490],
      ['3:50:07.418', 2, 'lossy', 511_052, 524],
      ['3:54:49.213', 0, 'tokens-expire', 0, 527],
    ]),
  },
  {
    name: 'a token that expired on the way through a long tunnel',
    seed: '1023',
    hours: 4,
    steps: steps('1023', [
      ['0:00:01.185', 4, 'crash', 0, 1],
      ['0:03:26.281', 0, 'tokens-expire', 0, 18],
      ['0:03:27.964', 0, 'server-crash', 99_418, 19],
      ['1:53:29.862', 4, 'tunnel', 839_844, 269],
      ['2:01:39.651', 4, 'tap', 0, 288],
    ]),
  },
  {
    name: 'sharing switched off on a page that had just been loaded anew',
    seed: '5',
    hours: 4,
    steps: steps('5', [
      ['0:00:03.201', 4, 'crash', 0, 2],
      ['1:08:59.916', 4, 'tap', 0, 228],
      ['1:09:00.011', 4, 'tap', 0, 229],
      ['1:10:02.675', 4, 'reload-in-tunnel', 99_322, 266],
      ['3:51:06.981', 4, 'tap', 0, 692],
    ]),
  },
  {
    name: 'sharing switched off in a tunnel',
    seed: '23',
    hours: 4,
    steps: steps('23', [
      ['1:53:46.983', 0, 'evict', 2_094, 379],
      ['1:54:48.624', 0, 'tap', 0, 383],
      ['2:59:31.969', 0, 'tap', 0, 544],
      ['3:15:57.058', 0, 'reload-in-tunnel', 899_362, 632],
    ]),
  },
  {
    name: 'sharing switched off by one while another slept',
    seed: '3',
    hours: 4,
    steps: steps('3', [
      ['0:00:02.172', 4, 'crash', 0, 1],
      ['0:00:03.674', 0, 'crash', 0, 3],
      ['0:47:11.078', 4, 'tap', 0, 172],
      ['2:24:04.960', 4, 'tap', 0, 399],
      ['2:36:44.026', 0, 'sleep', 758_848, 426],
      ['2:47:10.203', 4, 'tap', 0, 477],
    ]),
  },
  {
    name: 'an app opened in a tunnel by a clock that is months ahead',
    seed: '400150',
    hours: 4,
    steps: steps('400150', [
      ['0:39:51.096', 4, 'crash', 229_442, 169],
      ['1:35:27.185', 4, 'clock-jump', 0, 365],
      ['1:50:37.527', 4, 'reload-in-tunnel', 40_875, 441],
      ['2:03:32.862', 4, 'crash-at-write', 2_151, 482],
      ['2:10:52.903', 4, 'tap', 0, 495],
      ['2:10:57.243', 4, 'tap', 0, 497],
    ]),
  },
  {
    name: 'two replica ids under way at once, after a disk filled up in a tunnel',
    seed: '600324',
    hours: 4,
    steps: steps('600324', [
      ['0:00:02.765', 0, 'crash', 0, 4],
      ['0:23:00.266', 0, 'tunnel', 879_971, 67],
      ['0:24:39.045', 0, 'tap', 0, 111],
      ['0:24:44.598', 0, 'tap', 0, 112],
      ['0:25:55.367', 0, 'disk-full', 503_925, 113],
      ['0:28:05.954', 0, 'tap', 0, 126],
    ]),
  },
  {
    name: 'a phone that fell asleep over a fresh token',
    seed: '1000407',
    hours: 4,
    steps: steps('1000407', [
      ['0:16:37.661', 2, 'crash', 411_753, 44],
      ['1:49:01.465', 2, 'reload-in-tunnel', 772_362, 363],
      ['1:59:32.526', 2, 'leave', 60_000, 395],
      ['2:12:24.867', 2, 'sleep', 910_044, 426],
      ['2:45:59.961', 2, 'tap', 0, 522],
    ]),
  },
  {
    name: 'a clock set back by months between a tap and the first word of the server’s time, over a snapshot',
    seed: '3000149',
    hours: 4,
    steps: steps('3000149', [
      ['0:00:02.949', 0, 'crash', 0, 2],
      ['0:03:03.653', 0, 'reload-in-tunnel', 263_717, 6],
      ['0:05:39.412', 0, 'captive', 310_979, 8],
      ['0:08:19.724', 0, 'clock-jump', 0, 10],
    ]),
  },
  {
    name: 'a removal written while its append failed',
    seed: '31341',
    hours: 4,
    steps: steps('31341', [
      ['2:28:41.008', 4, 'reload-in-tunnel', 128_679, 389],
      ['2:57:00.826', 0, 'crash', 1_256, 568],
      ['3:08:35.525', 1, 'server-crash', 44_873, 583],
      ['3:23:19.370', 1, 'server-unclear-write', 0, 645],
      ['3:25:53.125', 4, 'remove', 518_968, 646],
      ['3:30:40.527', 0, 'tap', 0, 654],
    ]),
  },
];

function steps(
  seed: string,
  lines: readonly (readonly [
    at: string,
    who: number,
    kind: 'tap' | FaultKind,
    forMs: number,
    index: number,
  ])[],
): readonly Step[] {
  return lines.map(([at, who, kind, forMs, index]) => {
    const [hours = 0, minutes = 0, seconds = 0] = at.split(':').map(Number);
    const atMs = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000);
    return { index, atMs, who, kind, forMs, dice: `${seed}/step-${index}` };
  });
}
