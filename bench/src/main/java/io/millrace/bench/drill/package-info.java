/**
 * The drill: runs the whole quickstart on real servers (HDFS, S3, YARN, a standalone cluster) in
 * processes of their own and compares its digests with those of a run on the local disk. It starts
 * Millrace by its launcher and is not part of any released jar.
 */
package io.millrace.bench.drill;
