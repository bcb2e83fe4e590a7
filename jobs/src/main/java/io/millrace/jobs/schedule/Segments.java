package io.millrace.jobs.schedule;

import java.util.ArrayList;
import java.util.List;

/** Collects segments by their lengths in epochs. */
final class Segments {
  private record Part(double epochs, Annealing learningRate, Annealing momentum) {}

  private final List<Part> parts = new ArrayList<>();

  /** Adds one after the others; one of no length is left out. */
  Segments add(double epochs, Annealing learningRate, Annealing momentum) {
    if (epochs > 0) {
      parts.add(new Part(epochs, learningRate, momentum));
    }
    return this;
  }

  /** All, at least one; the last ends at 1. */
  List<Segment> all() {
    double whole = parts.stream().mapToDouble(Part::epochs).sum();
    List<Segment> segments = new ArrayList<>();
    double done = 0;
    for (Part part : parts) {
      done += part.epochs();
      double end = segments.size() == parts.size() - 1 ? 1 : done / whole;
      segments.add(new Segment(end, part.learningRate(), part.momentum()));
    }
    return segments;
  }
}
