import { type Lane, scaleOf, signed, verdictOf } from './lanes.ts';

/** Colours of the picture, from the page's own. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  readonly warm: string;
}

const headHeight = 116;
const laneHeight = 64;
const footHeight = 74;
const edge = 24;
/** Beyond this two sounds of one beat are heard as two. */
const echoMs = 30;
const family = 'Inter, ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';

/** In CSS pixels, for so many phones. */
export function pictureHeight(lanes: readonly Lane[]): number {
  return headHeight + Math.max(1, lanes.length) * laneHeight + footHeight;
}

/** Draws what was heard: a lane for each phone, its dot as far from the middle as it is from the middle phone. */
export function drawPicture(
  context: CanvasRenderingContext2D,
  lanes: readonly Lane[],
  width: number,
  colours: Palette,
  saying: string,
): void {
  const height = pictureHeight(lanes);
  const scaleMs = scaleOf(lanes);
  const middle = width / 2;
  const half = width / 2 - edge - 12;
  const xOf = (ms: number): number => middle + (half * ms) / scaleMs;
  const write = (
    text: string,
    x: number,
    y: number,
    { size = 14, weight = 400, colour = colours.text, align = 'left' as CanvasTextAlign } = {},
  ): void => {
    context.font = `${weight} ${size}px ${family}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  const stroke = (
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    colour: string,
    wide = 1,
  ): void => {
    context.strokeStyle = colour;
    context.lineWidth = wide;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  };

  context.fillStyle = colours.surface;
  context.fillRect(0, 0, width, height);
  write('TrafficJamz · sound in step', edge, 40, { size: 13, weight: 500, colour: colours.quiet });
  write(verdictOf(lanes), edge, 76, { size: width < 360 ? 21 : 24, weight: 600 });

  const bottom = headHeight + Math.max(1, lanes.length) * laneHeight;
  for (const share of [-1, -0.5, 0, 0.5, 1]) {
    const x = xOf(share * scaleMs);
    stroke(x, headHeight - 8, x, bottom, share === 0 ? colours.quiet : colours.line);
    const label = share === 0 ? '0' : `${share > 0 ? '+' : '−'}${Math.abs(share) * scaleMs}`;
    write(label, x, bottom + 20, { size: 12, colour: colours.quiet, align: 'center' });
  }

  for (const [index, { name, isMine, offset }] of lanes.entries()) {
    const top = headHeight + index * laneHeight;
    const y = top + 42;
    const label = isMine ? `${shortened(name)} (this phone)` : shortened(name);
    write(label, edge, top + 18, { weight: 500 });
    if (!offset) {
      write('not heard yet', width - edge, top + 18, {
        size: 13,
        colour: colours.quiet,
        align: 'right',
      });
      continue;
    }
    const { offsetMs, spreadMs } = offset;
    const colour = Math.abs(offsetMs) > echoMs ? colours.warm : colours.accent;
    write(`${signed(offsetMs)} ms`, width - edge, top + 18, { weight: 600, align: 'right' });
    stroke(middle, y, xOf(offsetMs), y, colour, 3);
    stroke(xOf(offsetMs - spreadMs), y, xOf(offsetMs + spreadMs), y, colours.quiet, 1.5);
    context.fillStyle = colour;
    context.beginPath();
    context.arc(xOf(offsetMs), y, 7, 0, 2 * Math.PI);
    context.fill();
  }
  write('milliseconds later than the middle phone →', width / 2, bottom + 40, {
    size: 12,
    colour: colours.quiet,
    align: 'center',
  });
  write(saying, width / 2, bottom + 60, { size: 12, colour: colours.quiet, align: 'center' });
}

function shortened(name: string): string {
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
}

/** @param saying when and by what it was heard */
export async function pictureFile(
  lanes: readonly Lane[],
  colours: Palette,
  saying: string,
): Promise<File> {
  const [width, scale] = [480, 3];
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = pictureHeight(lanes) * scale;
  const context = canvas.getContext('2d');
  if (!context) throw new TypeError('This browser cannot draw a picture.');
  context.scale(scale, scale);
  drawPicture(context, lanes, width, colours, saying);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new TypeError('This browser cannot make a picture of that.');
  return new File([blob], 'trafficjamz-in-step.png', { type: 'image/png' });
}
