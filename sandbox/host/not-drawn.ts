/**
 * What `@forge/react` exports and this page does not draw. With the map of what it draws this is every
 * export: the compiler refuses one that stands in neither, or in both.
 */
import { type UiKitName } from './component';
import { type DrawnComponent } from './render';

/** No components: functions that run in the app, and the renderer. */
export const NO_COMPONENTS = [
  'default',
  'xcss',
  'I18nProvider',
  'replaceUnsupportedDocumentNodes',
  'useConfig',
  'useContentProperty',
  'useForm',
  'useIssueProperty',
  'useObjectStore',
  'usePermissions',
  'useProductContext',
  'useSpaceProperty',
  'useTheme',
  'useTranslation',
] as const satisfies readonly Exclude<UiKitName, DrawnComponent>[];

/** Components that are refused: a red box in their place, and a violation. */
export const NOT_DRAWN = {
  AdfRenderer: true,
  AtlassianIcon: true,
  AtlassianTile: true,
  BarChart: true,
  Bleed: true,
  Breadcrumbs: true,
  BreadcrumbsItem: true,
  Calendar: true,
  ChromelessEditor: true,
  CodeBlock: true,
  Comment: true,
  CommentEditor: true,
  DatePicker: true,
  DonutChart: true,
  FileCard: true,
  FilePicker: true,
  Frame: true,
  HorizontalBarChart: true,
  HorizontalStackBarChart: true,
  Image: true,
  LineChart: true,
  Pagination: true,
  PieChart: true,
  Popup: true,
  Pressable: true,
  ProgressTracker: true,
  Range: true,
  StackBarChart: true,
  Tile: true,
  TimePicker: true,
  UserGroup: true,
} as const satisfies Record<
  Exclude<UiKitName, DrawnComponent | (typeof NO_COMPONENTS)[number]>,
  true
>;
