/**
 * Procedural pictures of ten classes in the genuine CIFAR-10 binary layout, so that the main job
 * can be tried without a download. Every pixel is a pure function of (seed, split, index).
 */
package io.millrace.jobs.synthesize;
