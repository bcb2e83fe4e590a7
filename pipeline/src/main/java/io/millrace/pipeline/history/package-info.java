/**
 * What became of the runs of a workspace, read from what each left in its folder: for {@code
 * status}, the report and the comparison of runs. It writes nothing.
 */
package io.millrace.pipeline.history;
