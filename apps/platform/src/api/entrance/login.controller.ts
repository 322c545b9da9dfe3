import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { sameSecret, SESSION_COOKIE, sessionOf } from '#libs/access';

import { CONTEXT, type PlatformContext } from '../../context.js';
import { refuses } from '../docs/responses.js';
import { ProblemError } from '../problem/problem.js';

const THIRTY_DAYS_MS = 30 * 86_400_000;

const loginSchema = z.strictObject({ token: z.string().min(1).max(500) });
type Login = z.infer<typeof loginSchema>;

@ApiTags('session')
@Controller('api/v1/login')
export class LoginController {
  constructor(@Inject(CONTEXT) private readonly context: PlatformContext) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Exchange the token for a session cookie (HttpOnly, SameSite=Strict, 30 days)' })
  @ApiNoContentResponse({ description: 'Logged in; also when no token is asked for' })
  @refuses(400, 401, 415)
  login(
    @Body({ schema: loginSchema }) login: Login,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): void {
    const { token } = this.context.settings;
    if (token === undefined) return;
    if (!sameSecret(login.token, token))
      throw new ProblemError(
        401,
        'This is not the token. It is the value of VENUEFLOW_TOKEN that the platform was started with.',
      );
    response.cookie(SESSION_COOKIE, sessionOf(token), {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      maxAge: THIRTY_DAYS_MS,
    });
  }
}
