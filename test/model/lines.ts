/** What a stream should say of one event, in the fewest words that tell it from every other. */
export interface Line {
  readonly says: string;
  /** The space it is heard through, if any. */
  readonly space: string | null;
  /** Whether it may be missing, because of a known difference. */
  readonly isOptional: boolean;
}

/** An event that a stream gave. */
export interface HeardLine {
  readonly says: string;
  readonly space: string | null;
}

/** The lines of one act. Their order is the vendor's choice; those of an act come before those of the next. */
type Batch = Line[];

/** What one viewer is to hear, compared with what it heard: each once, in order. */
export class Expected {
  readonly #batches: Batch[] = [];
  #at = 0;
  /** Spaces of which a resumed stream may say anything, up to a batch. */
  readonly #loose = new Map<string, number>();

  /** An act begins. */
  act(): void {
    this.#batches.push([]);
  }

  add(line: Line): void {
    if (this.#batches.length === 0) this.act();
    this.#batches.at(-1)?.push(line);
  }

  /** What was, is and will be said of a space since the last line heard may be anything until now, for a known difference. */
  loosen(space: string): void {
    for (const batch of this.#batches.slice(this.#at)) {
      for (const [index, line] of batch.entries())
        if (line.space === space) batch[index] = { ...line, isOptional: true };
    }
    this.#loose.set(space, this.#batches.length);
  }

  /** The batch that the last line heard was of. */
  get position(): number {
    return this.#at;
  }

  /** How many there are. */
  get now(): number {
    return this.#batches.length;
  }

  /** Says what is wrong with a line that was heard; null when nothing is. */
  take({ says, space }: HeardLine): string | null {
    for (let at = this.#at; at < this.#batches.length; at += 1) {
      const batch = this.#batches[at] ?? [];
      const index = batch.findIndex((line) => line.says === says);
      if (index >= 0) {
        batch.splice(index, 1);
        this.#at = at;
        return null;
      }
      if (batch.some(({ isOptional }) => !isOptional)) break;
    }
    if (space !== null && (this.#loose.get(space) ?? -1) >= this.#at) return null;
    return `heard "${says}", expected ${this.#next()}`;
  }

  /** What is still to be heard; empty when nothing has to be. */
  get missing(): readonly string[] {
    return this.#batches
      .slice(this.#at)
      .flat()
      .filter(({ isOptional }) => !isOptional)
      .map(({ says }) => says);
  }

  #next(): string {
    const [next] = this.missing;
    return next === undefined ? 'nothing' : `"${next}"`;
  }
}
