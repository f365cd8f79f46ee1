// Each of these has to be an error: types that take everything would pass all the rest.
import 'trafficjamz/react';
import type { ReactElement } from 'react';

export const wrong: readonly ReactElement[] = [
  // @ts-expect-error
  <jamz-player key="1" layout="sideways" />,
  // @ts-expect-error
  <jamz-player key="2" pan="left" />,
  // @ts-expect-error
  <jamz-player key="3" group={5} />,
  // @ts-expect-error
  <jamz-player key="4" onjamz-play={({ detail }) => detail.nothing} />,
  // @ts-expect-error
  <jamz-turntable key="5" />,
];
