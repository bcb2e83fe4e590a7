/**
 * Pictures out of shards again, as files that any program reads. It writes into one new folder,
 * whole or not at all, and a picture's id or class never becomes a path.
 */
package io.millrace.jobs.export;
