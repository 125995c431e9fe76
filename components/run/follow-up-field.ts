/** The id of the field for a further question, for those who lead there. */
export const FOLLOW_UP_FIELD = "follow-up";
