/**
 * The workspace on any Hadoop file system: artifacts that exist if and only if their manifest does,
 * attempts that become artifacts at once, run folders, checksums and the lock. It knows nothing of
 * what is inside an artifact beyond its files, lengths and digest.
 */
package io.millrace.pipeline.store;
