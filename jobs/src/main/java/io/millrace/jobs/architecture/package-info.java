/**
 * Networks described as plain data, independent of any engine: shapes, initial weights, numbers of
 * multiplications; and the catalogue of them.
 */
package io.millrace.jobs.architecture;
