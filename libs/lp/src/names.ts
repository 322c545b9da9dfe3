/** Names of a large model, put together when somebody asks for them: most models are solved without anybody reading one. */
export class Names {
  readonly #texts: string[] = [];
  /** -1: the text is the whole name. */
  readonly #places: number[] = [];
  #list: readonly string[] | undefined;

  get count(): number {
    return this.#texts.length;
  }

  /** Returns its index. The name is the text, and a place behind it where there is one. */
  add(text: string, place = -1): number {
    this.#list = undefined;
    this.#places.push(place);
    return this.#texts.push(text) - 1;
  }

  has(index: number): boolean {
    return this.#texts[index] !== undefined;
  }

  /** The index itself where there is no such name. */
  at(index: number): string {
    const [text, place = -1] = [this.#texts[index] ?? String(index), this.#places[index]];
    return place < 0 ? text : `${text} ${place}`;
  }

  textAt(index: number): string {
    return this.#texts[index] ?? '';
  }

  /** -1: it has none. */
  placeAt(index: number): number {
    return this.#places[index] ?? -1;
  }

  list(): readonly string[] {
    this.#list ??= this.#texts.map((_, index) => this.at(index));
    return this.#list;
  }
}
