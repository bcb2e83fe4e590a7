/**
 * Reads a pipeline file or the flags of one job, binds them to the records that jobs declare, and
 * collects all problems with file and line before it throws them together. It does not know what
 * stages do or whether they have run.
 */
package io.millrace.pipeline.spec;
