/**
 * CIFAR-10 and CIFAR-100 in the binary form that their authors publish and in the pickles for
 * Python, and synthetic pictures, which are written in the binary form.
 */
package io.millrace.jobs.source.cifar;
