import { type Found, steps } from './found-schedule.ts';

/** What showed bugs of a tab that follows beside the one that leads. */
export const inTwoTabs: readonly Found[] = [
  {
    name: 'a clock that was set while the tab that leads could measure none',
    seed: '40380',
    hours: 4,
    looks: 'now and then',
    steps: steps('40380', [
      ['0:45:46.343', 0, 'crash-at-write', 202_585, 100],
      ['1:43:28.959', 0, 'reload-in-tunnel', 513_443, 131],
      ['1:53:29.929', 0, 'tap', 0, 148],
      ['1:53:30.606', 0, 'tap', 0, 150],
      ['2:02:12.623', 0, 'second-tab', 2_285_706, 193],
      ['2:02:21.508', 0, 'clock-jump', 0, 194],
      ['2:08:56.342', 0, 'tap', 0, 196],
    ]),
  },
  {
    name: 'an op that came back after an older copy of the store, and not in the other tab',
    seed: '40656',
    hours: 4,
    looks: 'now and then',
    steps: steps('40656', [
      ['0:27:32.742', 0, 'crash', 1_069, 54],
      ['0:50:40.652', 0, 'second-tab', 1_225_533, 77],
      ['0:56:26.357', 0, 'tap', 0, 102],
      ['0:57:49.912', 1, 'older-store', 237_134, 113],
    ]),
  },
  {
    name: 'what an earlier generation had left in the journal, between the commits of this one',
    seed: '60535',
    hours: 4,
    looks: 'now and then',
    steps: steps('60535', [
      ['0:00:03.021', 2, 'crash', 0, 0],
      ['0:00:16.757', 1, 'crash', 0, 2],
      ['1:21:32.954', 1, 'tap', 0, 167],
      ['1:21:35.645', 1, 'tap', 0, 169],
      ['2:23:33.822', 2, 'tap', 0, 257],
      ['2:23:45.443', 2, 'tap', 0, 266],
      ['2:24:58.757', 0, 'restore', 267_736, 269],
      ['2:31:06.819', 1, 'second-tab', 1_983_177, 286],
      ['2:51:14.489', 1, 'tap', 0, 327],
      ['2:57:01.728', 1, 'frozen-leader', 80_960, 338],
    ]),
  },
];
