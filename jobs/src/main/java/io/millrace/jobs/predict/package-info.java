/**
 * Predictions for a user's own pictures: from files in any folder to labels as CSV or Parquet,
 * distributed over Spark. Every file gives one line; if it can't be read, a line with the reason.
 * The output is written completely or not at all.
 */
package io.millrace.jobs.predict;
