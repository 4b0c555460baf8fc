import zlib from 'node:zlib';

const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let number = 0; number < 256; number += 1) {
  let crc = number;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  tables[0]![number] = crc;
}
for (let table = 1; table < 4; table += 1)
  for (let number = 0; number < 256; number += 1) {
    const before = tables[table - 1]![number]!;
    tables[table]![number] = (before >>> 8) ^ tables[0]![before & 0xff]!;
  }

/** The same by hand, four bytes at a time, for runtimes whose zlib does not offer it. */
function byTable(bytes: Uint8Array, sum: number): number {
  const [one, two, three, four] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let crc = ~sum;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = four[crc & 0xff]! ^ three[(crc >>> 8) & 0xff]! ^ two[(crc >>> 16) & 0xff]! ^ one[crc >>> 24]!;
  }
  for (; at < bytes.length; at += 1) crc = one[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * CRC-32 with the polynomial of zlib, as the engine reckons the sums in its files.
 * @param sum of what stands before
 */
export const crc32: (bytes: Uint8Array, sum: number) => number =
  (zlib as Partial<Pick<typeof zlib, 'crc32'>>).crc32 ?? byTable;
export { byTable as crc32ByTable };
