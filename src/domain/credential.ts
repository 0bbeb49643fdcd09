/** What the vendor said of an app's credentials. */
export interface Verification {
  readonly isAccepted: boolean;
  /** Until when the session lasts; null where the vendor has none. */
  readonly expiresAt: Date | null;
}

export type VendorService = 'TRANSLATION' | 'VOICE';

export interface ServiceCredentialRequest {
  readonly service: VendorService;
  /** The user it is for; not every service asks. */
  readonly userId?: string | undefined;
}

export interface ServiceCredential {
  readonly credential: string;
  /** Null where the vendor does not say. */
  readonly expiresAt: Date | null;
}
