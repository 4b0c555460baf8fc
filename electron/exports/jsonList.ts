import type { TextFile } from './textFile.ts';

/** A list in JSON that is written record by record, one on each line. */
export class JsonList {
  readonly file: TextFile;
  #isEmpty = true;

  private constructor(file: TextFile) {
    this.file = file;
  }

  static async begin(file: TextFile): Promise<JsonList> {
    await file.write('[');
    return new JsonList(file);
  }

  async add(record: object): Promise<void> {
    await this.file.write(`${this.#isEmpty ? '' : ','}\n${JSON.stringify(record)}`);
    this.#isEmpty = false;
  }

  async end(): Promise<void> {
    await this.file.write('\n]\n');
  }
}
