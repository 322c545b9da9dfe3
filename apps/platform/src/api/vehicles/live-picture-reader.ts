import { Inject, Injectable } from '@nestjs/common';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { LIVE_PICTURE, type LivePictureDocument, readLivePicture } from '../../positions/live-document.js';

/** The live picture as control last wrote it. */
@Injectable()
export class LivePictureReader {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  async read(): Promise<LivePictureDocument> {
    return readLivePicture(await this.context.store.operations.getState(LIVE_PICTURE));
  }
}
