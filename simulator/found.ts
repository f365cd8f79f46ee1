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
  {
    name: 'a group that ended while the storage had failed, and was never looked at again',
    seed: '2211',
    hours: 4,
    looks: 'now and then',
    steps: steps('2211', [
      ['0:00:02.439', 2, 'crash', 0, 1],
      ['0:00:04.967', 1, 'crash', 0, 3],
      ['0:02:32.043', 0, 'crash', 0, 5],
      ['0:05:07.034', 2, 'tap', 0, 9],
      ['1:56:10.714', 1, 'disk-full', 494_692, 298],
      ['2:02:15.009', 1, 'tap', 0, 322],
      ['2:02:15.928', 0, 'tap', 0, 323],
      ['2:02:28.759', 1, 'tap', 0, 334],
      ['2:02:31.574', 1, 'tap', 0, 335],
      ['2:47:11.625', 1, 'remove', 121_861, 464],
      ['3:45:27.396', 1, 'crash-mid-turn', 787, 685],
    ]),
  },
  {
    name: 'a command to the music held up by a join of a session that was wound back',
    seed: '2221',
    hours: 4,
    looks: 'now and then',
    steps: steps('2221', [
      ['0:00:00.560', 1, 'crash', 0, 0],
      ['0:00:02.000', 0, 'crash', 0, 1],
      ['0:00:04.660', 4, 'crash', 0, 3],
      ['0:01:26.336', 0, 'slow-link', 11_292, 4],
      ['0:02:05.452', 1, 'tap', 0, 6],
      ['0:02:09.885', 1, 'tap', 0, 7],
      ['0:02:11.675', 1, 'tap', 0, 8],
      ['0:02:14.564', 1, 'tap', 0, 10],
      ['0:02:17.422', 1, 'tap', 0, 11],
      ['0:05:24.280', 3, 'crash', 0, 15],
      ['0:05:25.857', 0, 'crash-at-write', 81_010, 16],
      ['0:18:17.783', 3, 'tap', 0, 22],
      ['0:18:21.847', 3, 'tap', 0, 23],
      ['1:03:40.900', 4, 'tap', 0, 212],
      ['1:03:45.489', 4, 'tap', 0, 213],
      ['1:12:43.578', 3, 'tap', 0, 232],
      ['1:12:43.640', 0, 'tap', 0, 233],
      ['1:12:43.647', 0, 'tap', 0, 234],
      ['1:12:49.609', 0, 'tap', 0, 254],
      ['1:12:49.757', 3, 'tap', 0, 256],
      ['1:15:36.759', 4, 'tap', 0, 286],
      ['1:15:42.484', 4, 'tap', 0, 287],
      ['1:16:16.046', 0, 'restore', 378_929, 288],
      ['1:18:06.459', 3, 'reload-in-tunnel', 20_506, 291],
    ]),
  },
  {
    name: 'an op that came back and was taken again before a slow disk had written it',
    seed: '2247',
    hours: 4,
    steps: steps('2247', [
      ['0:06:43.428', 1, 'crash', 0, 16],
      ['1:11:39.804', 1, 'slow-disk', 498_867, 126],
      ['1:12:57.840', 1, 'tap', 0, 127],
      ['1:13:01.980', 1, 'tap', 0, 128],
      ['1:13:05.671', 1, 'tap', 0, 129],
      ['1:17:55.640', 1, 'restore', 441_619, 133],
      ['1:22:42.709', 1, 'frozen-leader', 34_173, 138],
    ]),
  },
  {
    name: 'the end of one session and the start of the next, brought back the other way round',
    seed: '2460',
    hours: 4,
    looks: 'now and then',
    steps: steps('2460', [
      ['0:00:35.128', 0, 'crash', 204_073, 3],
      ['0:08:32.651', 4, 'crash', 0, 7],
      ['0:13:00.954', 4, 'tap', 0, 37],
      ['0:13:01.578', 4, 'tap', 0, 38],
      ['0:13:01.885', 0, 'tap', 0, 41],
      ['0:13:04.579', 0, 'tap', 0, 47],
      ['1:13:36.805', 4, 'tap', 0, 260],
      ['1:13:38.870', 4, 'tap', 0, 261],
      ['1:13:41.276', 4, 'tap', 0, 262],
      ['1:13:42.664', 4, 'tap', 0, 263],
      ['1:13:44.768', 4, 'tap', 0, 264],
      ['1:13:47.221', 4, 'tap', 0, 265],
      ['1:14:28.508', 0, 'tap', 0, 276],
      ['1:15:45.644', 0, 'restore', 542_517, 283],
      ['1:16:59.476', 0, 'tap', 0, 290],
    ]),
  },
  {
    name: 'a join of a session that could not come back, because another one still ran',
    seed: '2962',
    hours: 4,
    steps: steps('2962', [
      ['1:59:27.662', 2, 'crash', 630, 421],
      ['2:02:58.462', 2, 'tap', 0, 427],
      ['2:35:42.110', 3, 'reload-in-tunnel', 109_007, 541],
      ['2:48:22.831', 2, 'tap', 0, 560],
      ['2:48:22.913', 3, 'tap', 0, 561],
      ['2:48:25.777', 3, 'tap', 0, 565],
      ['2:48:30.841', 3, 'tap', 0, 573],
      ['2:48:33.100', 3, 'tap', 0, 575],
      ['2:49:42.413', 0, 'older-store', 88_799, 577],
    ]),
  },
  {
    name: 'two who knew more than an older copy of the store, at once (2567, by hand: its own schedule is long)',
    seed: 'claims-1',
    hours: 1,
    steps: steps('claims-1', [
      ['0:00:01.000', 0, 'crash', 0, 0],
      ['0:00:01.001', 1, 'crash', 0, 1],
      ['0:01:00.300', 1, 'tap', 0, 4],
      ['0:01:01.500', 0, 'tap', 0, 6],
      ['0:01:07.500', 0, 'tap', 0, 18],
      ['0:01:07.800', 1, 'tap', 0, 19],
      ['0:01:20.000', 1, 'server-slow-disk', 60_000, 22],
      ['0:01:30.000', 0, 'older-store', 60_000, 23],
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
