import { type Fault, showValue } from '#libs/kernel';

/** A broken file may be wrong in every row: this many faults are named, the rest only counted. */
const NAMED = 20;

/** The faults of one data file. */
export class FileFaults {
  private readonly named: Fault[] = [];
  private unnamed = 0;

  constructor(private readonly file: string) {}

  add(path: string, value: string, rule: string, message: string): void {
    if (this.named.length < NAMED) this.named.push({ file: this.file, path, value: showValue(value), rule, message });
    else this.unnamed++;
  }

  list(): readonly Fault[] {
    if (this.unnamed === 0) return this.named;
    const message = `${this.unnamed} more faults in this file.`;
    return [...this.named, { file: this.file, path: '', rule: 'more_faults', message }];
  }
}
