/** Rows reserved for a segment, as `imports_reserve` answers them. */
export interface Reservation {
  /** The first row, a multiple of 8. */
  readonly row: number;
  /** Milliseconds of the first id. */
  readonly ms: number;
  /** 15 hexadecimal digits. */
  readonly random: string;
}

const idsPerMs = 4_096;

/** Ids of reserved rows (UUID version 7), by the rule of `rows.reserve` in lua/store/rows.lua. */
export function reservedIds({ ms, random }: Reservation): (at: number) => string {
  const tail = `-8${random.slice(0, 3)}-${random.slice(3)}`;
  return (at) => {
    const time = (ms + Math.floor(at / idsPerMs)).toString(16).padStart(12, '0');
    const count = (at % idsPerMs).toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${tail}`;
  };
}
