import { fail, type Fault, ok, type Result } from '#libs/kernel';
import { LineCounter, parseDocument } from 'yaml';

/** A YAML document as plain values, or a fault for each error of syntax with its line and column. */
export const readYaml = (file: string, bytes: Uint8Array): Result<unknown, readonly Fault[]> => {
  const fault = (path: string, message: string): Fault => ({ file, path, rule: 'yaml_syntax', message });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail([{ file, path: '', rule: 'encoding', message: 'The file is not UTF-8. Save it as UTF-8.' }]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  if (document.errors.length > 0) {
    return fail(
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return fault(`line ${line}, column ${col}`, error.message);
      }),
    );
  }
  try {
    return ok(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    return fail([fault('', `The document cannot be resolved: ${error instanceof Error ? error.message : 'unknown'}`)]);
  }
};
