// Leaflet as the global `L`, for the maps that folium writes. Its pictures travel inside the script:
// under hashed names Leaflet could not find them.
import L from "leaflet";
import icon from "leaflet/dist/images/marker-icon.png";
import icon2x from "leaflet/dist/images/marker-icon-2x.png";
import shadow from "leaflet/dist/images/marker-shadow.png";

import { keepFocusInView } from "./keep-focus.js";

delete L.Icon.Default.prototype._getIconUrl;
L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: icon2x, shadowUrl: shadow });
// No link to another host under every map; the map's own sources stay named.
L.Control.Attribution.mergeOptions({ prefix: false });
window.L = L;
// A page that has more to lay on a map than its document knew of hears of each map here.
L.Map.addInitHook(function tell() {
  keepFocusInView(L, this);
  this.getContainer().dispatchEvent(new CustomEvent("leaflet", { bubbles: true, detail: this }));
});
