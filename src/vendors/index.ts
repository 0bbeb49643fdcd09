import { easemob } from './easemob/index.ts';
import { rongcloud } from './rongcloud/index.ts';
import type { Vendor } from './vendor.ts';
import { zim } from './zim/index.ts';

/** The one list of vendors: a fourth one is a folder and a line here. */
export const vendors: readonly Vendor[] = [easemob, rongcloud, zim];
