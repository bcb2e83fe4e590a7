/**
 * CIFAR-10 and CIFAR-100 in the binary form that their authors publish, and synthetic pictures,
 * which are written in it.
 */
package io.millrace.jobs.source.cifar;
