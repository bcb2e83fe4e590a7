package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import java.io.Serializable;
import java.net.URI;

/**
 * What messages and the quarantine call a file. What was unpacked is named by its archive: the
 * unpacked copy will be gone.
 *
 * @param inflated the folder of unpacked files
 * @param archive what they were unpacked from
 */
record ShownFiles(URI inflated, String archive) implements Serializable {
  String file(URI file) {
    return path(JobFiles.shown(file));
  }

  /** The same of a place as messages show it. */
  String path(String shown) {
    return shown.startsWith(JobFiles.shown(inflated) + "/")
        ? archive + "!" + shown.substring(shown.lastIndexOf('/') + 1)
        : shown;
  }
}
