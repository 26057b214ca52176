/**
 * The pictures on buttons, as paths in a box of 16 by 16, drawn in the colour of the text.
 */
const PATHS = {
  play: 'M4 2.5v11l9-5.5z',
  update: 'M13.2 6.5A5.5 5.5 0 1 0 13.5 8H12a4 4 0 1 1-.5-2H9v1.5h5.5V2H13z',
  stop: 'M3.5 3.5h9v9h-9z',
  record: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  keys: 'M1.5 3.5h13v9h-13zM3 5v6h10V5zm1 1h1.5v1.5H4zm3 0h1.5v1.5H7zm3 0h1.5v1.5H10zM5 8.7h6v1.3H5z',
  theme: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 3v10A5 5 0 0 0 8 3z',
  library: 'M2 2.5h3v11H2zm4 0h3v11H6zm4.2.6 2.8-.8 2.9 10.6-2.8.8z',
  up: 'M8 5l5 5-1 1-4-4-4 4-1-1z',
  close: 'M4 3l4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z',
} as const;

export type IconName = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  path.setAttribute('fill', 'currentColor');
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}

/** A ring whose arc and hand are set by the wheel. */
export function ring(radius: number): {
  svg: SVGSVGElement;
  arc: SVGCircleElement;
  /** Divides the ring into so many beats. */
  setBeats: (count: number) => void;
} {
  const svg = document.createElementNS(SVG, 'svg');
  const size = (radius + 3) * 2;
  svg.setAttribute('viewBox', `${-size / 2} ${-size / 2} ${size} ${size}`);
  svg.setAttribute('aria-hidden', 'true');
  const circle = (className: string): SVGCircleElement => {
    const made = document.createElementNS(SVG, 'circle');
    made.setAttribute('r', String(radius));
    made.setAttribute('class', className);
    made.setAttribute('pathLength', '100');
    svg.append(made);
    return made;
  };
  circle('ring-track');
  const arc = circle('ring-arc');
  const setBeats = (count: number): void => {
    for (const old of svg.querySelectorAll('line')) old.remove();
    for (let beat = 0; beat < count; beat++) svg.append(tickAt((beat * 2 * Math.PI) / count));
  };
  const tickAt = (angle: number): SVGLineElement => {
    const tick = document.createElementNS(SVG, 'line');
    const [x, y] = [Math.sin(angle), -Math.cos(angle)];
    tick.setAttribute('x1', String(x * (radius - 3.5)));
    tick.setAttribute('y1', String(y * (radius - 3.5)));
    tick.setAttribute('x2', String(x * (radius + 2)));
    tick.setAttribute('y2', String(y * (radius + 2)));
    tick.setAttribute('class', 'ring-tick');
    return tick;
  };
  return { svg, arc, setBeats };
}
