/**
 * Makes a first pipeline file for a user's own pictures: recognises their format, counts and
 * measures them, and chooses a network that fits. It writes one file and, if it must unpack
 * something, a temporary folder beside it.
 */
package io.millrace.jobs.init;
