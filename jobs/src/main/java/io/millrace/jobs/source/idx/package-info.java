/** The idx format of MNIST and Fashion-MNIST. */
package io.millrace.jobs.source.idx;
