/** A file that a vendor keeps: shared in a group, or attached to messages. Undefined where it is not told. */
export interface StoredFile {
  readonly fileId: string;
  readonly name?: string | null | undefined;
  /** In bytes. */
  readonly size?: number | null | undefined;
  readonly ownerId?: string | null | undefined;
  readonly groupId?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly createdAt?: Date | null | undefined;
}
