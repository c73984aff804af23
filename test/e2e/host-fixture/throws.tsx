/** An app that ends before it has drawn anything. */
throw new Error('the app cannot start');
