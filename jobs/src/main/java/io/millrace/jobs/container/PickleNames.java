package io.millrace.jobs.container;

import java.util.List;

/**
 * What the names in a kind of pickle stand for. Python would import and call what a pickle names;
 * here a name is looked up in a closed list, and nothing is run.
 */
public interface PickleNames {
  /**
   * The value that a name stands for.
   *
   * @throws PickleException if files of this kind need no such name; the message names it
   */
  Object named(String module, String name) throws PickleException;

  /**
   * The value that Python's call would return.
   *
   * @param callee a value that {@link #named} gave
   * @throws PickleException if it can't be called in that way
   */
  Object called(Object callee, List<Object> arguments) throws PickleException;

  /**
   * Sets the state of an object that a call returned.
   *
   * @throws PickleException if it has no such state
   */
  void build(Object built, Object state) throws PickleException;

  /**
   * A value that is kept beside the pickle.
   *
   * @param id as the pickle has it
   * @throws PickleException if files of this kind keep nothing beside the pickle
   */
  default Object keptBeside(Object id) throws PickleException {
    throw new PickleException("it names something beside it, which no plain value needs");
  }
}
