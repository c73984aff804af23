/** The parts of the fixture, by the name of their tab. */
import { Choices, FormPart, Pickers, Texts as TextFields } from './parts-fields';
import { Buttons, Editing, Feedback, Overlays, Table, Texts } from './parts-others';

export const PARTS = {
  Buttons,
  Texts,
  Feedback,
  Overlays,
  Table,
  Editing,
  'Text fields': TextFields,
  Choices,
  Pickers,
  Form: FormPart,
};
