/**
 * Reads the runs of a workspace from their folders, for {@code status}, the report and the
 * comparison of runs. It writes nothing.
 */
package io.millrace.pipeline.history;
