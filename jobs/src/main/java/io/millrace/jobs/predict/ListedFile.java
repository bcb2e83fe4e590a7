package io.millrace.jobs.predict;

import java.net.URI;

/**
 * What stands below the folder of pictures.
 *
 * @param id its path below that folder
 * @param place where it lies
 * @param bytes its length when it was listed
 * @param problem why it is no file that can be read; empty if it is one
 */
record ListedFile(String id, URI place, long bytes, String problem) {}
