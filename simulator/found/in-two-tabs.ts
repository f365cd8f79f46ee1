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
];
