/** Why a whole file cannot be read, in words fit for a person: `The file is empty` (no full stop). */
export class FileTrouble extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'FileTrouble';
  }
}
