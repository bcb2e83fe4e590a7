/**
 * Caches of row groups, decoded pixels and copies of remote shards, with limits of memory and local
 * disk. They change how fast something is read, never what.
 */
package io.millrace.jobs.cache;
