import { type SubmitEvent, useState } from 'react';
import { post } from '../api/request.js';
import { Field } from '../controls/field.js';

/** Asks for the platform's token when it wants one. */
export const Login = ({ onLogin }: { onLogin: () => void }) => {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string>();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    post('/login', { token }).then(onLogin, (error: unknown) =>
      setProblem(error instanceof Error ? error.message : String(error)),
    );
  };

  return (
    <form className="notice form" onSubmit={submit}>
      <h1 className="full">Venueflow</h1>
      <Field label="Access token" full>
        <input
          type="password"
          autoComplete="current-password"
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </Field>
      <button className="primary" type="submit" disabled={token === ''}>
        Log in
      </button>
      {problem !== undefined && (
        <p className="problem full" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
};
