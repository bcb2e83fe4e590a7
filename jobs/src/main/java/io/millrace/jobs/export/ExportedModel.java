package io.millrace.jobs.export;

import java.util.Optional;

/**
 * The result of exporting a model.
 *
 * @param file the name of the model's file in the folder
 * @param bytes of this file
 * @param verified what a comparison found, if one was wanted
 */
public record ExportedModel(String file, long bytes, Optional<Verified> verified) {
  /**
   * A comparison of two programs' probabilities for the same pictures.
   *
   * @param runtime that computed from the exported file, with its version
   * @param engine that computed from the model itself
   * @param pictures how many were compared
   * @param described what pictures they are
   * @param difference the greatest between two probabilities
   */
  public record Verified(
      String runtime, String engine, int pictures, String described, double difference) {}
}
