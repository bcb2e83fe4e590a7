/**
 * Losses with their gradients, and the measures of training and validation: what an output is
 * worth, for any engine. The rule for ties between classes and the bound of a cross-entropy stand
 * here and nowhere else.
 */
package io.millrace.jobs.loss;
