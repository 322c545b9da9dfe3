import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { writeAsyncApi } from './asyncapi.js';

@ApiExcludeController()
@Controller('api')
export class AsyncApiController {
  private readonly text: string;

  constructor(@Inject(CONTEXT) { settings }: PlatformContext) {
    this.text = writeAsyncApi(settings.mqttUrl);
  }

  @Get('asyncapi.yaml')
  @Header('Content-Type', 'application/yaml')
  document(): string {
    return this.text;
  }
}
