package io.millrace.jobs.predict;

import java.net.URI;

/**
 * A file below the folder of pictures.
 *
 * @param id its path below that folder
 * @param place its URI
 * @param bytes its length when it was listed
 * @param problem why it can't be read; empty if it can
 */
record ListedFile(String id, URI place, long bytes, String problem) {}
