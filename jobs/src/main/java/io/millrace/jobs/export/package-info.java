/**
 * Exports pictures from shards to files that any program reads. It writes one new folder,
 * completely or not at all, and never uses a picture's id or class as a path.
 */
package io.millrace.jobs.export;
