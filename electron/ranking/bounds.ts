/** A code has 12 bits (lua/store/orders.lua). */
export const slices = 12;
export const codes = 2 ** slices;

/** How Redis compares texts. */
export const bytewise = (one: Buffer, other: Buffer): number => Buffer.compare(one, other);
