/** postgresql.conf for two cores and moderate memory, on loopback only. Later entries win. */
export const postgresConf = (port: number, settings: Readonly<Record<string, string>>): string => {
  const entries: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '60',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '1GB',
    // One server, no replica: less in the log, the same safety.
    wal_level: 'minimal',
    max_wal_senders: '0',
    // Statements here are short; workers and compilation cost more than they save on two cores.
    max_parallel_workers_per_gather: '0',
    jit: 'off',
    log_checkpoints: 'off',
    log_min_error_statement: 'panic',
    ...settings,
  };
  return Object.entries(entries)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
};

/**
 * A password even on loopback: with `trust` every user of this machine could become superuser of the database, and a
 * superuser runs programs as the account.
 */
export const PG_HBA = `host all all 127.0.0.1/32 scram-sha-256\n`;
