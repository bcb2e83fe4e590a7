/**
 * Losses with their gradients, and the measures of training and validation: for any engine. The
 * rule for ties between classes and the bound of a cross-entropy are defined only here.
 */
package io.millrace.jobs.loss;
