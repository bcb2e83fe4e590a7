package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import java.io.Serializable;
import java.net.URI;

/**
 * The names of files in messages and in the quarantine. An unpacked file is named by its archive,
 * since the unpacked copy is removed.
 *
 * @param inflated the folder of unpacked files
 * @param archive the archive that they were unpacked from
 */
record ShownFiles(URI inflated, String archive) implements Serializable {
  String file(URI file) {
    return path(JobFiles.shown(file));
  }

  /** The same for a place as messages show it. */
  String path(String shown) {
    return shown.startsWith(JobFiles.shown(inflated) + "/")
        ? archive + "!" + shown.substring(shown.lastIndexOf('/') + 1)
        : shown;
  }
}
