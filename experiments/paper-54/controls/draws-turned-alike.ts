import { chosenBackend } from 'reproducible-paper/tensor/chosen-backend';

/**
 * Whether draws that turn a form against eigenvectors can be made again here. Which of its two directions an eigenvector
 * gets is the library's own choice: other than LAPACK's give other draws of the same law.
 */
export const drawsTurnedAlike = (): boolean => chosenBackend() === 'native';
