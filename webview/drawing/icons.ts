/** Names of the page's own pictures, each one path on a 16 by 16 grid, drawn as strokes. */
export type IconName = keyof typeof paths;

const paths = {
  send: 'M2.5 13.5 14 8 2.5 2.5 4.5 8zM4.5 8H9',
  stop: 'M4.5 4.5h7v7h-7z',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  copy: 'M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3',
  check: 'm3 8.5 3.5 3.5L13 4.5',
  apply: 'M12.5 7.5V4.8l-3-3h-6v12.4h4M9.5 1.8v3h3M8.8 12.2l1.9 1.9 3.5-4',
  insert: 'M2.5 3h11M2.5 13h11M3 8h6M7 5.5 9.5 8 7 10.5',
  wrap: 'M2.5 4h11M2.5 8h9a2.25 2.25 0 0 1 0 4.5H8M9.5 10.5l-2 2 2 2M2.5 12.5H5',
  warning: 'M8 2 14.5 13.5h-13zM8 6.5v3.5M8 11.6v.4',
  error: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.3v3.7M8 5v.4',
  key: 'M10.7 2.2a3.1 3.1 0 1 0 0 6.2 3.1 3.1 0 0 0 0-6.2zM8.4 7.6 2.5 13.5M4.3 11.7l1.8 1.8M6.4 9.6l1.3 1.3M11.5 4.5v.1',
  file: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3',
  tool: 'M10 2.2a3.6 3.6 0 0 0-3.4 4.9L2.2 11.5l2.3 2.3 4.4-4.4A3.6 3.6 0 0 0 13.8 6l-2.1 2.1-1.9-1.9L11.9 4.1A3.6 3.6 0 0 0 10 2.2z',
  stream: 'M2 4.5c2-1.6 4-1.6 6 0s4 1.6 6 0M2 8c2-1.6 4-1.6 6 0s4 1.6 6 0M2 11.5c2-1.6 4-1.6 6 0s4 1.6 6 0',
  attach: 'M13.5 7.5 8.3 12.7a3.2 3.2 0 0 1-4.5-4.5l5.5-5.5a2.2 2.2 0 0 1 3.1 3.1L7 11.2a1.1 1.1 0 0 1-1.6-1.6L10.5 4.5',
  picture: 'M2 3h12v10H2zM5.5 5.4a1 1 0 1 0 0 2 1 1 0 0 0 0-2zM2 11.6l3.3-2.8 2.5 2 2.4-2.4 3.8 3.6',
  film: 'M2 4h8v8H2zM10 7.2 14 5v6l-4-2.2',
  close: 'm4 4 8 8M12 4l-8 8',
  sliders: 'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM6 9.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z',
  inspect: 'M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10M8.5 10.5 11 13l2.5-2.5',
  diff: 'M8 2.5v7M4.5 6h7M4.5 13h7',
  reset: 'M3 2.5v3.8h3.8M3.2 6.2A5.2 5.2 0 1 1 2.8 9',
  history: 'M8 4.6V8l2.4 1.6M2.6 5.2A6 6 0 1 1 2.2 9.4M2.4 2.4v3h3',
  pin: 'M6 2.2h4M6.6 2.2v4.3L4.6 9v.9h6.8V9L9.4 6.5V2.2M8 9.9v4',
  pencil: 'M2.8 13.2l.7-3L11 2.7l2.3 2.3-7.5 7.5zM9.6 4.1l2.3 2.3',
  trash: 'M2.8 4.2h10.4M6 4.2V2.4h4v1.8M4.2 4.2l.6 9.2h6.4l.6-9.2M6.7 6.6v4.4M9.3 6.6v4.4',
  quote: 'M3 4.2h3.6v3.6c0 2-1 3.2-2.8 3.8M9.4 4.2H13v3.6c0 2-1 3.2-2.8 3.8',
  regenerate: 'M13.2 6.4A5.4 5.4 0 0 0 3.6 5M2.8 9.6a5.4 5.4 0 0 0 9.6 1.4M13.4 2.8v3.8H9.6M2.6 13.2V9.4h3.8',
  go: 'M4.5 3.2v9.6L12.3 8z',
  chevronLeft: 'm10 4-4 4 4 4',
  chevronUp: 'm4 10 4-4 4 4',
  folder: 'M1.8 3.2h4.4l1.6 1.8h6.4v7.8H1.8z',
  symbol: 'M5.6 2.5c-1.6 0-2 .7-2 2v1.6c0 1.2-.5 1.7-1.6 1.9 1.1.2 1.6.7 1.6 1.9v1.6c0 1.3.4 2 2 2M10.4 2.5c1.6 0 2 .7 2 2v1.6c0 1.2.5 1.7 1.6 1.9-1.1.2-1.6.7-1.6 1.9v1.6c0 1.3-.4 2-2 2',
  editors: 'M2 5.2h9v8.3H2zM5 5V2.5h9v8.3h-2.8M2 7.6h9',
  text: 'M2.5 3.5h11M2.5 6.5h11M2.5 9.5h11M2.5 12.5h6',
  book: 'M8 4c-1.4-1.2-3.4-1.5-6-1.5V12c2.6 0 4.6.3 6 1.5 1.4-1.2 3.4-1.5 6-1.5V2.5c-2.6 0-4.6.3-6 1.5zM8 4v9.5',
  slash: 'M2.5 2.5h11v11h-11zM9.7 5 6.3 11',
  bookmark: 'M4 2h8v12l-4-3.2L4 14z',
  plus: 'M8 3.5v9M3.5 8h9',
} as const;

const namespace = 'http://www.w3.org/2000/svg';

/** Draws a picture in the colour of the text around it; it has no name of its own. */
export function makeIcon(name: IconName): SVGSVGElement {
  const icon = document.createElementNS(namespace, 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', paths[name]);
  icon.append(path);
  return icon;
}

/** The path data of a picture. */
export function iconPath(name: IconName): string {
  return paths[name];
}
