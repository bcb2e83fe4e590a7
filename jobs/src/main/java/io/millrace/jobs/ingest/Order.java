package io.millrace.jobs.ingest;

/** The order of pictures in shards. */
public enum Order {
  /** By a hash of (seed, id): any prefix is a fair sample. */
  SHUFFLED,
  /** As the source has them: every container is read once from end to end. */
  SOURCE
}
