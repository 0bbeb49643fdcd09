export interface Community {
  readonly communityId: string;
  readonly name?: string | null | undefined;
}
