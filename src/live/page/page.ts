export const LIVE_PAGE = "";
export const PAGE_POLICY = "";
