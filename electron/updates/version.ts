/** A version in the sense of Semantic Versioning 2.0.0; what follows a `+` is not part of a package's name here. */
export interface Version {
  readonly numbers: readonly [number, number, number];
  /** Identifiers of a pre-release; none for a release. */
  readonly preRelease: readonly string[];
}

const pattern =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** @returns null for anything that is no version, and for numbers beyond nine digits */
export function readVersion(text: string): Version | null {
  const [, major, minor, patch, preRelease] = pattern.exec(text) ?? [];
  if (major === undefined) return null;
  const identifiers = preRelease?.split('.') ?? [];
  if (identifiers.some((each) => /^0\d+$/.test(each))) return null;
  return { numbers: [Number(major), Number(minor), Number(patch)], preRelease: identifiers };
}

const isNumber = (identifier: string): boolean => /^\d+$/.test(identifier);

function compareIdentifiers(one: string, other: string): number {
  if (isNumber(one) && isNumber(other))
    return one.length - other.length || (one < other ? -1 : Number(one > other));
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  return one < other ? -1 : Number(one > other);
}

function comparePreReleases(one: readonly string[], other: readonly string[]): number {
  // A pre-release comes before its release.
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (const [at, identifier] of one.entries()) {
    const against = other[at];
    if (against === undefined) return 1;
    const order = compareIdentifiers(identifier, against);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Precedence by section 11 of Semantic Versioning: negative when `one` is older. */
export function compareVersions(one: Version, other: Version): number {
  for (const [at, number] of one.numbers.entries()) {
    const order = number - (other.numbers[at] ?? 0);
    if (order !== 0) return order;
  }
  return comparePreReleases(one.preRelease, other.preRelease);
}
