/**
 * The pipeline DAG. It knows no Spark, no image and no network library. The rooms below say what
 * each part is for; this one holds only what all of them share, the two kinds of error.
 */
package io.millrace.pipeline;
