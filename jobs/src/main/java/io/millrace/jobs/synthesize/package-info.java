/**
 * Generated pictures of ten classes in CIFAR-10's own binary layout, so that the main job can be
 * tried without a download. Every pixel is a pure function of (seed, split, index).
 */
package io.millrace.jobs.synthesize;
