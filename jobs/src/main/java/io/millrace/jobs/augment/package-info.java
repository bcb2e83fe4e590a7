/**
 * Transforms on one image and their composition. Every draw comes from (seed, epoch, image id,
 * place in the chain). It may touch image alone.
 */
package io.millrace.jobs.augment;
