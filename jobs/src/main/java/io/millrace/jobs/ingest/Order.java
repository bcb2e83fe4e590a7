package io.millrace.jobs.ingest;

import io.millrace.pipeline.job.Variant;

/** The order of pictures in shards. */
public enum Order {
  /** By a hash of (seed, id): any prefix is a fair sample. */
  @Variant(formerly = "shuffled")
  FULL,
  /** In the source's order: every container is read once from beginning to end. */
  @Variant(formerly = "source")
  NONE
}
