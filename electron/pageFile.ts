import path from 'node:path';

export const scheme = 'daybook';
export const origin = `${scheme}://app`;
export const startPage = `${origin}/index.html`;

/** The file an address of ours stands for; null for every other address and every path out of the folder. */
export function pageFile(address: string, folder: string): string | null {
  const url = new URL(address);
  if (url.protocol !== `${scheme}:` || url.host !== 'app') return null;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  const file = path.join(folder, name);
  return name.includes('\0') || !file.startsWith(folder + path.sep) ? null : file;
}
