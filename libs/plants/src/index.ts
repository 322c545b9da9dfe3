export { ThermalPlant, type ThermalSpec } from './thermal-plant.js';
