/**
 * Where the bytes of a container's entries lie: LMDB data files and tar archives are indexed by
 * reading their own bookkeeping alone, and so are the arrays in a pickle of Python. Nothing is
 * unpacked, and an archive within an archive is a range of the same file. Containers come from
 * strangers, so no byte of them is believed before it is checked against the file.
 */
package io.millrace.jobs.container;
