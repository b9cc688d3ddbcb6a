// The segmentation stage: a mask that can be painted, and what every loss says of each pixel.

import { familyStage } from '../../stage/family_stage.js';
import { MaskView } from './view.js';

export default familyStage('families/segmentation/segmentation.css', (context) => new MaskView(context));
