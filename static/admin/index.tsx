/** The entry that manifest.yml names. */
import ForgeReconciler from '@forge/react';
import React from 'react';
import { AdminPage } from './admin-page';

ForgeReconciler.render(<AdminPage />);
