import type { WireReply } from './wire.ts';

/** Thrown by an emulator's handlers to answer with one of the vendor's documented failures. */
export class EmulatorFailure extends Error {
  override readonly name = 'EmulatorFailure';
  readonly reply: WireReply;

  constructor(reply: WireReply) {
    super(`answered ${reply.status}`);
    this.reply = reply;
  }
}
