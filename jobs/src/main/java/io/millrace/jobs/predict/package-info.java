/**
 * What a model says of a user's own pictures: files in any folder to labels as CSV or Parquet,
 * distributed over Spark. Every file gives one line, the one that can't be read a line with its
 * reason. It writes one output, whole or not at all.
 */
package io.millrace.jobs.predict;
