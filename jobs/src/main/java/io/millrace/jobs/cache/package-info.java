/**
 * What was read or decoded before, kept within stated limits of memory and local disk: row groups,
 * decoded pixels, copies of remote shards. Nothing in it changes what comes out, only when.
 */
package io.millrace.jobs.cache;
