/**
 * HOCON to checked records: this room reads a pipeline file or the flags of one job, binds them to
 * the records that jobs declare, and collects every problem with its file and line before it throws
 * once. It knows what a stage is made of, not what it does or whether it has run.
 */
package io.millrace.pipeline.spec;
