package io.millrace.jobs.evaluate;

import io.millrace.jobs.page.Wording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Class names for a page: short, and all different. */
final class ShownNames {
  private ShownNames() {}

  /**
   * @param classNames by label number
   * @return by label number; a name that several classes have is followed by the class's number
   */
  static List<String> of(List<String> classNames) {
    List<String> shown = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      String name = classNames.get(label);
      String shortened = Wording.shortened(name);
      shown.add(
          Collections.frequency(classNames, name) == 1
              ? shortened
              : shortened + " (class " + label + ")");
    }
    return List.copyOf(shown);
  }
}
