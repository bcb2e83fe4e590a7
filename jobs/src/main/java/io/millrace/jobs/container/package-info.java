/**
 * Finds where the bytes of a container's entries are. For LMDB data files, tar archives and the
 * arrays of Python pickles only their indexes and headers are read. Nothing is unpacked, and an
 * archive within an archive is a range of the same file. Containers are untrusted: every length and
 * offset is checked against the file before it is used.
 */
package io.millrace.jobs.container;
