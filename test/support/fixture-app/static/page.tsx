/** The fixture app's page: the manifest names one. */
import ForgeReconciler, { Text } from '@forge/react';
import React from 'react';

ForgeReconciler.render(<Text>Fixture</Text>);
