/** UI Kit's tabs, modals and tooltips. */
import Modal, {
  ModalBody,
  ModalFooter,
  ModalHeader,
  ModalTitle,
  ModalTransition,
} from '@atlaskit/modal-dialog';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import Tooltip from '@atlaskit/tooltip';
import React from 'react';
import { type Component, component } from './component';
import { useControlledValue } from './controlled-value';

export const overlayComponents = {
  Tabs: component(
    'Tabs',
    ['id', 'selected', 'defaultSelected', 'onChange', 'shouldUnmountTabPanelOnChange', 'testId'],
    function DrawTabs({ props: { selected, onChange, id, ...props }, children }) {
      const [shown, change] = useControlledValue(selected, onChange);
      return (
        <Tabs
          {...props}
          id={id}
          {...(shown !== undefined && { selected: shown })}
          onChange={(index) => change(index, index)}
        >
          {children}
        </Tabs>
      );
    },
  ),
  TabList: component('TabList', [], ({ children }) => <TabList>{children}</TabList>),
  Tab: component('Tab', ['testId'], ({ props, children }) => <Tab {...props}>{children}</Tab>),
  TabPanel: component('TabPanel', ['testId'], ({ props, children }) => (
    <TabPanel {...props}>{children}</TabPanel>
  )),
  ModalTransition: component('ModalTransition', [], ({ children }) => (
    <ModalTransition>{children}</ModalTransition>
  )),
  Modal: component(
    'Modal',
    ['onClose', 'label', 'width', 'height', 'shouldScrollInViewport', 'testId'],
    ({ props: { onClose, ...props }, children }) => (
      <Modal {...props} {...(onClose && { onClose: () => void onClose() })}>
        {children}
      </Modal>
    ),
  ),
  ModalHeader: component('ModalHeader', ['testId'], ({ props, children }) => (
    <ModalHeader {...props}>{children}</ModalHeader>
  )),
  ModalTitle: component(
    'ModalTitle',
    ['appearance', 'isMultiline', 'testId'],
    ({ props, children }) => <ModalTitle {...props}>{children}</ModalTitle>,
  ),
  ModalBody: component('ModalBody', ['hasInlinePadding', 'testId'], ({ props, children }) => (
    <ModalBody {...props}>{children}</ModalBody>
  )),
  ModalFooter: component('ModalFooter', ['testId'], ({ props, children }) => (
    <ModalFooter {...props}>{children}</ModalFooter>
  )),
  Tooltip: component(
    'Tooltip',
    ['content', 'delay', 'position', 'testId'],
    ({ props: { content, ...props }, children, draw }) => (
      <Tooltip {...props} content={draw(content)}>
        <span>{children}</span>
      </Tooltip>
    ),
  ),
} satisfies Record<string, Component>;
