/** UI Kit's parts of a form. The form itself is the browser's; `useForm` in the app validates it. */
import {
  ErrorMessage,
  FormFooter,
  FormHeader,
  FormSection,
  HelperMessage,
  Label,
  RequiredAsterisk,
  ValidMessage,
} from '@atlaskit/form';
import React from 'react';
import { type Component, component } from './component';

export const formComponents = {
  Form: component('Form', ['onSubmit'], ({ props, children }) => (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a modal is a React child of the page's form, although it is no HTML child.
        event.stopPropagation();
        // No argument: the values are in the app's `useForm`.
        void props.onSubmit();
      }}
    >
      {children}
    </form>
  )),
  FormHeader: component(
    'FormHeader',
    ['title', 'description'],
    ({ props: { title, description }, children, draw }) => (
      <FormHeader title={draw(title)} description={draw(description)}>
        {children}
      </FormHeader>
    ),
  ),
  FormSection: component(
    'FormSection',
    ['title', 'description'],
    ({ props: { title, description }, children, draw }) => (
      <FormSection title={draw(title)} description={draw(description)}>
        {children}
      </FormSection>
    ),
  ),
  FormFooter: component('FormFooter', ['align'], ({ props: { align = 'end' }, children }) => (
    <FormFooter align={align}>{children}</FormFooter>
  )),
  Label: component(
    'Label',
    ['labelFor', 'id', 'testId'],
    ({ props: { labelFor, ...props }, children }) => (
      <Label {...props} htmlFor={labelFor}>
        {children}
      </Label>
    ),
  ),
  RequiredAsterisk: component('RequiredAsterisk', [], () => <RequiredAsterisk />),
  HelperMessage: component('HelperMessage', ['testId'], ({ props, children }) => (
    <HelperMessage {...props}>{children}</HelperMessage>
  )),
  ErrorMessage: component('ErrorMessage', ['testId'], ({ props, children }) => (
    <ErrorMessage {...props}>{children}</ErrorMessage>
  )),
  ValidMessage: component('ValidMessage', ['testId'], ({ props, children }) => (
    <ValidMessage {...props}>{children}</ValidMessage>
  )),
} satisfies Record<string, Component>;
