import React from 'react';
import { DynamicTable } from '@forge/react';
import type { ContractView } from '../../../src/entry/admin/api';
import { contractCells, type ContractRowContext } from './contract-row';

const COLUMNS = [
  { key: 'name', content: 'Contract', isSortable: true, width: 20 },
  { key: 'synchronizes', content: 'Synchronizes', width: 18 },
  { key: 'state', content: 'State', isSortable: true, width: 18 },
  { key: 'pending', content: 'Waiting and failed', isSortable: true, width: 22 },
  { key: 'actions', content: 'Actions', width: 22 },
];

const ROWS_PER_PAGE = 20;

interface ContractListProps {
  contracts: readonly ContractView[];
  row: ContractRowContext;
}

/** All contracts of a connection, with how each is doing and what can be done with it. */
export function ContractList({ contracts, row }: ContractListProps) {
  return (
    <DynamicTable
      label="Contracts"
      testId="contract-list"
      head={{ cells: COLUMNS }}
      rows={contracts.map((contract) => ({
        key: contract.id,
        cells: contractCells(contract, row),
      }))}
      rowsPerPage={ROWS_PER_PAGE}
      isFixedSize
    />
  );
}
