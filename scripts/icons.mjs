// Draws the icon files of every system from resources/icons/daybook.svg. The results are committed; run this again
// after changing the drawing (needs rsvg-convert: Debian librsvg2-bin, macOS librsvg).
import { mkdirSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { findProgram, tryRun } from './processes.mjs';
import { Stop, runMain } from './say.mjs';

const folder = inRoot('resources', 'icons');
const source = inRoot('resources', 'icons', 'daybook.svg');
const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
// Apple's names for PNG pictures of these sizes.
const ICNS_TYPES = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 };

function draw(size) {
  const png = tryRun('rsvg-convert', ['-w', String(size), '-h', String(size), source], {
    encoding: 'buffer',
  });
  if (!png) throw new Stop('rsvg-convert could not draw the icon');
  return png;
}

/** Windows icon: a table of contents and one PNG per size. */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at); // 0 stands for 256
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** macOS icon: blocks of type, length and PNG. */
function icns(pictures) {
  const block = (type, body) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return block('icns', Buffer.concat(pictures.map(({ type, png }) => block(type, png))));
}

await runMain(() => {
  if (!findProgram('rsvg-convert')) throw new Stop('rsvg-convert is needed to draw the icons');
  mkdirSync(inRoot('resources', 'icons', 'icons'), { recursive: true });
  for (const size of PNG_SIZES) writeFileSync(`${folder}/icons/${size}x${size}.png`, draw(size));
  writeFileSync(`${folder}/icon.ico`, ico(ICO_SIZES.map((size) => ({ size, png: draw(size) }))));
  const apple = Object.entries(ICNS_TYPES).map(([type, size]) => ({ type, png: draw(size) }));
  writeFileSync(`${folder}/icon.icns`, icns(apple));
});
