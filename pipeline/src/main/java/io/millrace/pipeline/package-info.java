/**
 * The pipeline DAG. It uses neither Spark nor an image nor a network library. This package has only
 * what all subpackages share: the two kinds of error.
 */
package io.millrace.pipeline;
