/** The icons that `Icon` draws: those that a form or a list of settings needs. Others are refused. */
import Add from '@atlaskit/icon/core/add';
import ArrowLeft from '@atlaskit/icon/core/arrow-left';
import ArrowRight from '@atlaskit/icon/core/arrow-right';
import CheckCircle from '@atlaskit/icon/core/check-circle';
import ChevronDown from '@atlaskit/icon/core/chevron-down';
import ChevronRight from '@atlaskit/icon/core/chevron-right';
import Copy from '@atlaskit/icon/core/copy';
import Cross from '@atlaskit/icon/core/cross';
import Delete from '@atlaskit/icon/core/delete';
import Edit from '@atlaskit/icon/core/edit';
import Filter from '@atlaskit/icon/core/filter';
import Information from '@atlaskit/icon/core/information';
import Link from '@atlaskit/icon/core/link';
import QuestionCircle from '@atlaskit/icon/core/question-circle';
import Refresh from '@atlaskit/icon/core/refresh';
import Search from '@atlaskit/icon/core/search';
import Settings from '@atlaskit/icon/core/settings';
import Warning from '@atlaskit/icon/core/warning';
import { type NewCoreIconProps } from '@atlaskit/icon/types';
import { type ComponentType } from 'react';

export const GLYPHS: ReadonlyMap<string, ComponentType<NewCoreIconProps>> = new Map(
  Object.entries({
    add: Add,
    'arrow-left': ArrowLeft,
    'arrow-right': ArrowRight,
    'check-circle': CheckCircle,
    'chevron-down': ChevronDown,
    'chevron-right': ChevronRight,
    copy: Copy,
    cross: Cross,
    delete: Delete,
    edit: Edit,
    filter: Filter,
    information: Information,
    link: Link,
    'question-circle': QuestionCircle,
    refresh: Refresh,
    search: Search,
    settings: Settings,
    warning: Warning,
  }),
);
