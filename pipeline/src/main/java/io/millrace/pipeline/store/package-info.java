/**
 * The workspace on any Hadoop file system: artifacts that exist if and only if their manifest does,
 * attempts that become artifacts at once, run folders, checksums and the lock. It knows only the
 * files, lengths and digest of an artifact, not what they contain.
 */
package io.millrace.pipeline.store;
