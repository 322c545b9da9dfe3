/** What was said last to each target, so that only what differs is said again. */
export class MessageLog<Message> {
  private readonly said = new Map<string, Message>();

  constructor(private readonly same: (a: Message, b: Message) => boolean) {}

  isNew(target: string, message: Message): boolean {
    const last = this.said.get(target);
    return last === undefined || !this.same(last, message);
  }

  note(target: string, message: Message): void {
    this.said.set(target, message);
  }

  entries(): readonly (readonly [target: string, message: Message])[] {
    return [...this.said];
  }

  /** The broker may have lost everything: all is said again. */
  forget(): void {
    this.said.clear();
  }
}
