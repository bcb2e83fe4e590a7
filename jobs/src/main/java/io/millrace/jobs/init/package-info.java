/**
 * A first pipeline file for pictures that nobody described: what lies there is recognised, counted
 * and measured, and a network that fits is chosen. It writes one file and, for what is compressed,
 * one folder beside it that is gone when it ends.
 */
package io.millrace.jobs.init;
