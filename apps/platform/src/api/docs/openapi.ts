import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';

const description = `Times are epoch milliseconds, UTC; \`now\` and all plan times are event time. Powers are kW: battery power is positive
while charging, grid power while importing. Errors are RFC 9457 problem details. Changes are sent as JSON from the same origin.`;

const makeDocument = (app: NestExpressApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder().setTitle('Venueflow').setDescription(description).setVersion('1').addBearerAuth().build(),
  );

/** The OpenAPI page at /api/docs, from this host alone, and its JSON at /api/openapi.json. */
export const serveDocs = (app: NestExpressApplication): void => {
  SwaggerModule.setup('api/docs', app, () => makeDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Venueflow API',
    swaggerOptions: { validatorUrl: null },
  });
};
